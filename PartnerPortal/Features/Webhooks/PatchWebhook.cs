using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Webhooks;

/// <summary>What a system changes of an endpoint; what is null stays.</summary>
/// <param name="Url">Where it is called.</param>
/// <param name="Description">What its owner calls it.</param>
/// <param name="Kinds">Which events it hears of; null inside for all.</param>
/// <param name="IsPaused">Whether it is called.</param>
/// <param name="Versions">Of <see cref="EndpointVersion"/>, one of which it must have; null for any.</param>
public sealed record EndpointPatch(long Id, string? Url, string? Description, ChosenKinds? Kinds, bool? IsPaused, IReadOnlyCollection<string>? Versions);

/// <param name="Names">Null for all, also those that come later.</param>
public sealed record ChosenKinds(IReadOnlyCollection<string>? Names);

/// <summary>Several things about an endpoint are changed at once, or none when one of them cannot be. For systems, which say what they have seen.</summary>
public sealed class PatchWebhook(PortalDb portal, IOptions<WebhookOptions> options)
{
    public async Task<Result<Done>> ExecuteAsync(EndpointPatch patch, Actor actor, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Webhook, patch.Id, ct);
        if (await EndpointOwner.Visible(work.Db, actor).FirstOrDefaultAsync(e => e.Id == patch.Id, ct) is not { } endpoint)
        {
            return new NoSuchEndpoint();
        }

        if (patch.Versions?.Contains(EndpointVersion.Of(endpoint, work.Now)) is false)
        {
            return new EndpointChangedMeanwhile();
        }

        if (Change(work, endpoint, patch, actor) is { } error)
        {
            return error;
        }

        if (patch.IsPaused is true && endpoint.Pause())
        {
            PauseWebhook.Note(work, endpoint, actor);
        }
        else if (patch.IsPaused is false && endpoint.Resume())
        {
            await ResumeWebhook.WakeAsync(work, endpoint, actor, ct);
        }

        await work.CommitAsync(ct);
        return Done.Value;
    }

    private Error? Change(PortalTransaction work, WebhookEndpoint endpoint, EndpointPatch patch, Actor actor)
    {
        if (patch is { Url: null, Description: null, Kinds: null })
        {
            return null;
        }

        var kinds = patch.Kinds is { } chosen ? chosen.Names : endpoint.HearsAll ? null : endpoint.Chosen;
        return ChangeWebhook.Apply(work, endpoint, new EndpointForm(patch.Url ?? endpoint.Url, patch.Description ?? endpoint.Description, kinds), options.Value, actor);
    }
}
