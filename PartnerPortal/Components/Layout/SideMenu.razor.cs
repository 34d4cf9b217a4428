using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;
using PartnerPortal.Components.Ui;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Components.Layout;

/// <summary>Shows the pages that the actor may open.</summary>
public sealed partial class SideMenu : IDisposable
{
    private static readonly ConcurrentDictionary<(string Language, string Pages), MarkupString> Links = new();
    private Actor _actor = Actor.Visitor;
    private ProgramSettings _program = new();
    private string _page = "";
    private string? _find;
    private IDisposable? _follows;

    [Inject]
    public required CurrentActor Current { get; init; }

    [Inject]
    public required ProgramSettingsSource Settings { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required IStringLocalizer<SharedText> L { get; init; }

    private string Who => _actor.Acting is { } acting ? acting.ClientName : _actor.AccountName.Length > 0 ? _actor.AccountName : _actor.Name;

    /// <summary>On interactive pages, before they are live as well; not on those of Identity, which have nobody to draw it.</summary>
    private bool HasPalette => AssignedRenderMode is not null && _actor.IsSignedIn;

    private string Home => PortalHome.Of(_actor);

    private string Page => Navigation.ToAbsoluteUri(Navigation.Uri).AbsolutePath;

    private string Part => _actor switch
    {
        { IsPartner: true } => L["Menu.Partners"],
        { IsStaff: true } => L["Menu.Support"],
        _ => "",
    };

    public void Dispose()
    {
        _follows?.Dispose();
        Navigation.LocationChanged -= Turn;
    }

    protected override async Task OnInitializedAsync()
    {
        // A new name of the program stands in open pages at once.
        _follows = Settings.OnChange(Follow);
        _page = Page;
        Navigation.LocationChanged += Turn;
        _program = await Settings.GetAsync();
        _actor = await Current.GetAsync();
    }

    private string? TitleOf(MenuPart part) => part switch
    {
        MenuPart.Acting => _actor.Acting?.ClientName,
        MenuPart.Support => L["Menu.Support"],
        MenuPart.Administration => L["Menu.Administration"],
        MenuPart.Account => L["Menu.YourAccount"],
        _ => null,
    };

    /// <summary>The page itself, and those below it; support's pages are not below its first one.</summary>
    private bool IsCurrent(string href) => ("/" + Navigation.ToBaseRelativePath(Navigation.Uri)) is var path
        && (path == href || (href != PortalUrls.Support && path.StartsWith(href + "/", StringComparison.Ordinal)) || path.StartsWith(href + "?", StringComparison.Ordinal));

    /// <summary>As markup, which all readers of a language share that have the same pages: drawn as elements the links took 5 KB of every open page, and each by itself 2.5 KB.</summary>
    private MarkupString LinksTo(IReadOnlyList<MenuPage> pages) =>
        Links.GetOrAdd((Languages.Current, string.Join(' ', pages.Select(p => IsCurrent(p.Href) ? "=" + p.Href : p.Href))), _ => new MarkupString($"<ul>{string.Concat(pages.Select(Link))}</ul>"));

    private string Link(MenuPage page) =>
        $"""<li><a href="{HtmlText.Encode(page.Href)}"{(IsCurrent(page.Href) ? " class=\"active\" aria-current=\"page\"" : "")}>{IconMarkup.Of(page.Icon)}<span>{HtmlText.Encode(L["Menu." + page.Key])}</span></a></li>""";

    private void Turn(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(() =>
    {
        // Most steps stay on the page: another filter, the next lines.
        if (Page != _page)
        {
            _page = Page;
            StateHasChanged();
        }
    });

    private void Find()
    {
        Navigation.NavigateTo(PortalUrls.SupportSearch(_find ?? ""));
        _find = null;
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
        { Acting: not null } or { HasLostAccess: true } => PortalUrls.Acting,
        { IsPartner: true } => PortalUrls.Dashboard,
        { IsStaff: true } => PortalUrls.Support,
        _ => actor.Opens(PortalUrls.MyPartner) ? PortalUrls.MyPartner : PortalUrls.Profile,
    };
}
