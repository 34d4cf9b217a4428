using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Components.Layout;

/// <summary>Shows the pages that the actor may open.</summary>
public sealed partial class SideMenu : IDisposable
{
    private Actor _actor = Actor.Visitor;
    private ProgramSettings _program = new();

    [Inject]
    public required CurrentActor Current { get; init; }

    [Inject]
    public required ProgramSettingsSource Settings { get; init; }

    [Inject]
    public required IStringLocalizer<SharedText> L { get; init; }

    private string Who => _actor.AccountName.Length > 0 ? _actor.AccountName : _actor.Name;

    private string Home => PortalHome.Of(_actor);

    private string Part => _actor switch
    {
        { IsPartner: true } => L["Menu.Partners"],
        { IsStaff: true } => L["Menu.Support"],
        _ => "",
    };

    public void Dispose() => Settings.Changed -= Follow;

    protected override async Task OnInitializedAsync()
    {
        // A new name of the program stands in open pages at once.
        Settings.Changed += Follow;
        _program = await Settings.GetAsync();
        _actor = await Current.GetAsync();
    }

    private void Follow() => _ = InvokeAsync(ReloadAsync);

    private async Task ReloadAsync()
    {
        _program = await Settings.GetAsync();
        StateHasChanged();
    }
}

/// <summary>Where each kind of user starts.</summary>
public static class PortalHome
{
    public static string Of(Actor actor) => actor switch
    {
        { IsSignedIn: false } => PortalUrls.Landing,
        { IsPartner: true } => PortalUrls.Dashboard,
        { IsStaff: true } => PortalUrls.SupportClients,
        _ => PortalUrls.MyPartner,
    };
}
