using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Webhooks;

/// <summary>How an endpoint stands, in one word.</summary>
public enum EndpointStanding
{
    Active,

    /// <summary>Active, and its last attempt failed.</summary>
    Troubled,
    Paused,
    Failing,
    Gone,
}

/// <summary>An endpoint as its owner's list and page show it. Times are UTC.</summary>
/// <param name="Kinds">Null for all.</param>
/// <param name="FormerUntil">Until then the former secret signs too; null when it does not.</param>
/// <param name="FailingSince">Null unless its last attempt failed.</param>
/// <param name="LastSuccessAt">Null when it never accepted anything.</param>
/// <param name="Waiting">Deliveries that are to be sent.</param>
public sealed record EndpointRow(
    long Id, string Url, string Description, IReadOnlyList<string>? Kinds, WebhookState State, DateTime CreatedAt, DateTime? FormerUntil, DateTime? FailingSince, DateTime? LastSuccessAt, int Waiting)
{
    public EndpointStanding Standing => State switch
    {
        WebhookState.Active => FailingSince is null ? EndpointStanding.Active : EndpointStanding.Troubled,
        WebhookState.Paused => EndpointStanding.Paused,
        WebhookState.Failing => EndpointStanding.Failing,
        WebhookState.Gone => EndpointStanding.Gone,
    };
}

/// <summary>A delivery in the log. Times are UTC.</summary>
/// <param name="NextAttemptAt">Null unless it waits.</param>
/// <param name="IsTest">It was made by hand, of no event.</param>
public sealed record DeliveryRow(
    long Id, string MessageId, string Kind, DateTime At, DateTime CreatedAt, DeliveryState State, int Attempts, DateTime? NextAttemptAt, DateTime? ClosedAt, int? LastStatus, DeliveryProblem? LastProblem, bool IsTest);

/// <summary>A try. Times are UTC.</summary>
/// <param name="Answer">The beginning of what the receiver said.</param>
public sealed record AttemptRow(DateTime At, int? Status, DeliveryProblem? Problem, string Answer, int DurationMs);

/// <summary>A delivery with all that is known of it.</summary>
/// <param name="Body">As it would be sent now, in lines.</param>
/// <param name="Attempts">The newest first.</param>
/// <param name="IsHeldBack">An earlier one of the same client has to go first.</param>
public sealed record DeliveryCard(DeliveryRow Row, string Body, IReadOnlyList<AttemptRow> Attempts, bool IsHeldBack);

/// <summary>Reads endpoints and their logs: of the actor's own account, and for an owner of the program.</summary>
public sealed class WebhookQueries(PortalDb portal, TimeProvider clock)
{
    public const int PageSize = 25;

    private static readonly JsonSerializerOptions InLines = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The channel on which the page of an endpoint hears that something changed there.</summary>
    public static string ChannelOf(long endpointId) => string.Create(CultureInfo.InvariantCulture, $"webhook:{endpointId}");

    /// <summary>The same of the list of one owner; null for the program's.</summary>
    public static string ChannelOfOwner(long? accountId) => string.Create(CultureInfo.InvariantCulture, $"webhooks-of:{accountId ?? 0}");

    /// <summary>By when they were added.</summary>
    public async Task<IReadOnlyList<EndpointRow>> ListAsync(bool isProgram, Actor actor, CancellationToken ct)
    {
        if (EndpointOwner.Of(actor, isProgram) is not { } owner)
        {
            return [];
        }

        await using var db = await portal.ReadAsync(ct);
        return await RowsAsync(db, db.WebhookEndpoints.Where(e => e.AccountId == owner.AccountId), ct);
    }

    /// <summary>The same in pages, the newest first.</summary>
    /// <param name="isProgram">The program's, else those of the actor's account.</param>
    /// <param name="at">A cursor of an earlier page; null for the first.</param>
    /// <param name="size">Endpoints a page.</param>
    /// <param name="actor">Who reads; who may not gets an empty page.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Page<EndpointRow>> EndpointsAsync(bool isProgram, string? at, int size, Actor actor, CancellationToken ct)
    {
        if (EndpointOwner.Of(actor, isProgram) is not { } owner)
        {
            return new Page<EndpointRow>([], null, null);
        }

        await using var db = await portal.ReadAsync(ct);
        var page = await IdKeyset.NewestFirstAsync(db.WebhookEndpoints.Where(e => e.AccountId == owner.AccountId), e => e.Id, q => q.Select(e => e.Id), id => id, at, size, ct);
        var rows = await RowsAsync(db, db.WebhookEndpoints.Where(e => page.Items.Contains(e.Id)), ct);
        return new Page<EndpointRow>([.. rows.OrderByDescending(r => r.Id)], page.Previous, page.Next);
    }

    /// <returns>Null when it is not there, or not the actor's.</returns>
    public async Task<EndpointRow?> FindAsync(long id, bool isProgram, Actor actor, CancellationToken ct)
    {
        if (EndpointOwner.Of(actor, isProgram) is not { } owner)
        {
            return null;
        }

        await using var db = await portal.ReadAsync(ct);
        return await RowsAsync(db, db.WebhookEndpoints.Where(e => e.Id == id && e.AccountId == owner.AccountId), ct) is [var row] ? row : null;
    }

    public async Task<IReadOnlyDictionary<DeliveryState, int>> CountsAsync(long endpointId, Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return await Log(db, endpointId, actor).GroupBy(d => d.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
    }

    /// <summary>Newest first.</summary>
    /// <param name="endpointId">Whose log.</param>
    /// <param name="state">Null for all.</param>
    /// <param name="at">A cursor of an earlier page; null for the first.</param>
    /// <param name="actor">Who reads.</param>
    /// <param name="ct">Cancels.</param>
    /// <param name="size">Deliveries a page.</param>
    public async Task<Page<DeliveryRow>> PageAsync(long endpointId, DeliveryState? state, string? at, Actor actor, CancellationToken ct, int size = PageSize)
    {
        await using var db = await portal.ReadAsync(ct);
        var log = Log(db, endpointId, actor).Where(d => state == null || d.State == state);
        return await IdKeyset.NewestFirstAsync(log, d => d.Id, Rows, d => d.Id, at, size, ct);
    }

    /// <returns>Null when it is not there, or not in that log.</returns>
    public async Task<DeliveryCard?> CardAsync(long endpointId, long id, Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        var own = Log(db, endpointId, actor).Where(d => d.Id == id);
        if (await own.FirstOrDefaultAsync(ct) is not { } delivery)
        {
            return null;
        }

        var owner = await db.WebhookEndpoints.Where(e => e.Id == endpointId).Select(e => e.AccountId).FirstAsync(ct);
        var body = await WebhookBody.WriteAsync(db, delivery, owner, ct);
        var attempts = await db.WebhookAttempts.Where(a => a.DeliveryId == id).OrderByDescending(a => a.Id).Select(a => new AttemptRow(a.At, a.Status, a.Problem, a.Answer, a.DurationMs)).ToListAsync(ct);
        var isHeldBack = delivery is { State: DeliveryState.Waiting, IsOrdered: true } && await Log(db, endpointId, actor).AnyAsync(
            o => o.Id < id && o.State == DeliveryState.Waiting && o.IsOrdered && ((o.ClientId != null && o.ClientId == delivery.ClientId) || (o.RecordId != null && o.RecordId == delivery.RecordId)), ct);
        using var parsed = JsonDocument.Parse(body.Json);
        return new DeliveryCard((await Rows(own).FirstAsync(ct)), JsonSerializer.Serialize(parsed.RootElement, InLines), attempts, isHeldBack);
    }

    private static IQueryable<WebhookDelivery> Log(PortalDbContext db, long endpointId, Actor actor) =>
        db.WebhookDeliveries.Where(d => d.EndpointId == endpointId && EndpointOwner.Visible(db, actor).Any(e => e.Id == endpointId));

    private static IQueryable<DeliveryRow> Rows(IQueryable<WebhookDelivery> deliveries) => deliveries.Select(d => new DeliveryRow(
        d.Id, d.MessageId, d.Kind, d.At, d.CreatedAt, d.State, d.Attempts, d.State == DeliveryState.Waiting ? d.NextAttemptAt : null, d.ClosedAt, d.LastStatus, d.LastProblem, d.EventId == null));

    private async Task<IReadOnlyList<EndpointRow>> RowsAsync(PortalDbContext db, IQueryable<WebhookEndpoint> endpoints, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var found = await endpoints.OrderBy(e => e.Id).Select(e => new { Endpoint = e, Waiting = db.WebhookDeliveries.Count(d => d.EndpointId == e.Id && d.State == DeliveryState.Waiting) }).ToListAsync(ct);
        return [.. found.Select(f => Row(f.Endpoint, f.Waiting, now))];
    }

    private static EndpointRow Row(WebhookEndpoint e, int waiting, DateTime now) =>
        new(e.Id, e.Url, e.Description, e.HearsAll ? null : e.Chosen, e.State, e.CreatedAt, e.FormerUntil > now ? e.FormerUntil : null, e.FailingSince, e.LastSuccessAt, waiting);
}
