using PartnerPortal.Features.Accounts;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Notifications;

/// <summary>Keeps how the actor wants to be told of a kind, and in which time zone its morning is.</summary>
public sealed class KeepWish(KeepPreference keep)
{
    /// <param name="kind">Of what.</param>
    /// <param name="wish">How.</param>
    /// <param name="zone">IANA name of the browser's time zone; null when it is not known.</param>
    /// <param name="actor">Whose wish.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<Done>> ExecuteAsync(NotificationKind kind, NotificationWish wish, string? zone, Actor actor, CancellationToken ct)
    {
        if (actor.Acting is not null)
        {
            return new NotAllowed();
        }

        if (zone is not null)
        {
            await keep.ExecuteAsync(NotificationWish.ZoneKey, zone, actor, ct);
        }

        if (wish.Mail is MailWish.Daily)
        {
            // Who asks for the mail of the day gets it, whatever was stopped before.
            await keep.ExecuteAsync(NotificationWish.DigestKey, PreferenceKeys.On, actor, ct);
        }

        return await keep.ExecuteAsync(NotificationWish.KeyOf(kind), wish.Write(), actor, ct);
    }
}
