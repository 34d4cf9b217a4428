using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using PartnerPortal.Components.Inputs;
using PartnerPortal.Components.Ui;
using PartnerPortal.Features.AccessGrants;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary>What an account says about itself, and by what it recommends: every account has a number, a code and a link. Only admins change it.</summary>
public sealed partial class ProfilePage
{
    private readonly Form _form = new();
    private Actor _actor = Actor.Visitor;
    private OwnAccount? _own;
    private IReadOnlyList<Error> _errors = [];
    private Told? _notice;
    private bool _shortcuts = true;
    private bool _busy;

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required ClientProfileQueries Profiles { get; init; }

    [Inject] public required PreferenceQueries Preferences { get; init; }

    [Inject] public required ProgramSettingsSource Settings { get; init; }

    [Inject] public required UpdateProfile Update { get; init; }

    [Inject] public required KeepPreference Keep { get; init; }

    [Inject] public required IJSRuntime Js { get; init; }

    [Inject] public required IStringLocalizer<ProfileText> L { get; init; }

    [Inject] public required IStringLocalizer<SharedText> Shared { get; init; }

    private bool MayEdit => _actor.ChangesProfileOf is not null;

    protected override async Task OnInitializedAsync()
    {
        _actor = await Current.GetAsync();
        _shortcuts = await Preferences.FindAsync(PreferenceKeys.Shortcuts, _actor, CancellationToken.None) != PreferenceKeys.Off;
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        if (await Profiles.ReadAsync(_actor, CancellationToken.None) is not { } own)
        {
            return;
        }

        var kept = PhoneNumber.TryParse(own.Phone, null, out var number, out _) ? number : null;
        var program = await Settings.GetAsync();
        (_form.Name, _form.Kind, _form.Website, _form.Language) = (own.Name, own.Kind, own.Website, Languages.Nearest(own.Language));
        (_form.Phone, _form.Country) = (kept?.Display, kept?.Country ?? program.DefaultCountry);
        _own = own;
    }

    private async Task SaveAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var result = await Update.ExecuteAsync(
                new ProfileRequest(_form.Name, _form.Kind, _form.Phone, _form.Country, _form.Website, _form.Language), await Current.GetAsync(), CancellationToken.None);
            _errors = result.Error is ProfileWrong wrong ? wrong.Errors : [];
            _notice = result.Error switch
            {
                null => new Told(NoticeTone.Ok, L["Saved"], _actor.Acting is { } acting ? L["Acting.SavedText", acting.ClientName] : L["SavedText"]),
                ProfileWrong => null,
                NotAllowed => new Told(NoticeTone.Bad, L["NotAllowed"], _actor.Acting is { } acting ? L["Acting.ReadOnly", acting.ClientName] : L["Account.ReadOnly"]),
                var error => throw new InvalidOperationException($"The page does not know {error}."),
            };
            if (result.Ok)
            {
                await LoadAsync();
                await Js.ForgetFormAsync("profile");
            }
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task SwitchShortcutsAsync(bool on)
    {
        _shortcuts = on;
        await Keep.ExecuteAsync(PreferenceKeys.Shortcuts, on ? PreferenceKeys.On : PreferenceKeys.Off, await Current.GetAsync(), CancellationToken.None);
        await using var portal = await Js.InvokeAsync<IJSObjectReference>("import", "/js/portal.js");
        await portal.InvokeVoidAsync("useShortcuts", on);
    }

    private string? ErrorOf(string field) => _errors.FirstOrDefault(e => e.Field == field) switch
    {
        null => null,
        ProfileNameMissing => L["Error.NameMissing"],
        ProfileNameTooLong error => L["Error.NameTooLong", error.Limit],
        ProfilePhoneWrong error => Shared.Describe(error.Problem),
        ProfileWebsiteWrong => L["Error.Website"],
        var error => throw new InvalidOperationException($"The page does not know {error}."),
    };

    private string? Invalid(string field) => _errors.Any(e => e.Field == field) ? "true" : null;

    private sealed class Form
    {
        public string? Name { get; set; }

        public AccountKind Kind { get; set; }

        public string? Phone { get; set; }

        public string Country { get; set; } = PhoneDefaults.CountryOf(CultureInfo.CurrentUICulture);

        public string? Website { get; set; }

        public string Language { get; set; } = Languages.Default;
    }

    private sealed record Told(NoticeTone Tone, string Title, string Text);
}
