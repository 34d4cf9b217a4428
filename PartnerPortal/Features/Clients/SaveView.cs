using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Clients;

public sealed record ViewNameMissing : Error;

/// <summary>Longer than <see cref="SaveView.MaxName"/>.</summary>
public sealed record ViewNameTooLong(int Limit) : Error;

/// <summary>Another view of the same person has the name.</summary>
public sealed record ViewNameTaken(string Name) : Error;

/// <summary>The person has <see cref="SaveView.MaxViews"/> views already.</summary>
public sealed record TooManyViews(int Limit) : Error;

/// <summary>What is searched for is too long to be kept.</summary>
public sealed record ViewTooLong : Error;

/// <param name="Id">The view to be replaced, or to be brought back; null for a new one.</param>
/// <param name="Name">As typed.</param>
/// <param name="View">Its page is left out.</param>
/// <param name="Columns">The columns besides the name.</param>
public sealed record ViewToSave(string? Id, string? Name, ClientView View, IReadOnlyList<ClientColumn> Columns);

/// <summary>Keeps a view of the list under a name. It is a person's own choice, no change of the business, and has no audit entry.</summary>
public sealed class SaveView(PortalDb portal)
{
    public const int MaxName = 40;

    public const int MaxViews = 20;

    /// <summary>Of a preference's value.</summary>
    private const int MaxLength = 4000;

    public async Task<Result<SavedView>> ExecuteAsync(ViewToSave request, Actor actor, CancellationToken ct)
    {
        if (actor is not { UserId: { } userId, IsPartner: true })
        {
            return new NotAllowed();
        }

        var name = TagName.Tidy(request.Name);
        if (name.Length is 0 or > MaxName)
        {
            return name.Length == 0 ? new ViewNameMissing() : new ViewNameTooLong(MaxName);
        }

        await using var work = await portal.BeginAsync(ct);
        var kept = await work.Db.UserPreferences.Where(p => p.UserId == userId && p.Key.StartsWith(SavedView.Prefix)).ToListAsync(ct);
        var others = kept.Where(p => p.Key != SavedView.Prefix + request.Id).Select(p => SavedView.Parse(p.Key, p.Value, actor)).OfType<SavedView>().ToList();
        if (others.Find(v => SearchText.Fold(v.Name) == SearchText.Fold(name)) is { } taken)
        {
            return new ViewNameTaken(taken.Name);
        }

        if (others.Count >= MaxViews)
        {
            return new TooManyViews(MaxViews);
        }

        var view = new SavedView(request.Id ?? work.Now.Ticks.ToString("x16", CultureInfo.InvariantCulture), name, request.View with { Saved = null, At = null }, request.Columns);
        var value = view.Format();
        if (value.Length > MaxLength)
        {
            return new ViewTooLong();
        }

        if (kept.Find(p => p.Key == SavedView.Prefix + view.Id) is { } row)
        {
            row.Value = value;
        }
        else
        {
            work.Db.UserPreferences.Add(new UserPreference { UserId = userId, Key = SavedView.Prefix + view.Id, Value = value });
        }

        await work.CommitAsync(ct);
        return view;
    }
}

/// <summary>Forgets a view. Saving it again under its id brings it back.</summary>
public sealed class DeleteView(PortalDb portal)
{
    public async Task<Result<Done>> ExecuteAsync(string id, Actor actor, CancellationToken ct)
    {
        if (actor.UserId is not { } userId)
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        work.Db.UserPreferences.RemoveRange(await work.Db.UserPreferences.Where(p => p.UserId == userId && p.Key == SavedView.Prefix + id).ToListAsync(ct));
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
