using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Identity;
using PartnerPortal.Resources;

namespace PartnerPortal.Features.Notifications;

/// <summary><c>/notifications/settings</c>: of what, and how, its reader wants to be told. Each choice is kept at once.</summary>
public sealed partial class NotificationSettingsPage
{
    private readonly Dictionary<NotificationKind, NotificationWish> _wishes = [];
    private IReadOnlyList<(NotificationAudience Audience, IReadOnlyList<NotificationKind> Kinds)>? _groups;
    private bool _isStopped;
    private string? _zone;
    private string _said = "";

    [Inject] public required NotificationQueries Queries { get; init; }

    [Inject] public required WishStore Store { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<NotificationsText> L { get; init; }

    protected override async Task OnInitializedAsync()
    {
        var actor = await Current.GetAsync();
        var kept = (await Store.Kept.AllAsync(NotificationWish.Keys, actor, CancellationToken.None)).ToDictionary(p => p.Key, p => p.Value);
        foreach (var kind in NotificationKinds.All)
        {
            _wishes[kind] = NotificationWish.Read(kind, kept.GetValueOrDefault(NotificationWish.KeyOf(kind)));
        }

        _isStopped = kept.GetValueOrDefault(NotificationWish.DigestKey) == PreferenceKeys.Off;
        _zone = Time.Zone ?? kept.GetValueOrDefault(NotificationWish.ZoneKey);
        _groups = [.. (await Queries.ConcerningAsync(actor, CancellationToken.None)).GroupBy(NotificationKinds.AudienceOf).OrderBy(g => g.Key).Select(g => (g.Key, (IReadOnlyList<NotificationKind>)[.. g]))];
    }

    private Task KeepMailAsync(NotificationKind kind, NotificationWish wish, ChangeEventArgs change) =>
        Enum.TryParse<MailWish>(change.Value as string, out var mail) ? KeepAsync(kind, wish with { Mail = mail }) : Task.CompletedTask;

    private async Task KeepAsync(NotificationKind kind, NotificationWish wish)
    {
        // Said anew each time, also when it is the same.
        _said = "";
        var kept = await Store.Keep.ExecuteAsync(kind, wish, Time.Zone, await Current.GetAsync(), CancellationToken.None);
        if (kept.Ok)
        {
            _wishes[kind] = wish;
            _isStopped &= wish.Mail is not MailWish.Daily;
            _said = L["Kept", L["Kind." + kind]];
        }
    }

    private async Task ResumeAsync()
    {
        await Store.Preference.ExecuteAsync(NotificationWish.DigestKey, PreferenceKeys.On, await Current.GetAsync(), CancellationToken.None);
        _isStopped = false;
        _said = L["Digest.IsOn"];
    }
}

/// <summary>Where wishes are kept.</summary>
public sealed record WishStore(PreferenceQueries Kept, KeepWish Keep, KeepPreference Preference);
