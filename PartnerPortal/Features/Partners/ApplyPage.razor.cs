using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Partners;

/// <summary>What an integrator is, and the application. Everybody may read it; the form needs an account. Works without script.</summary>
public sealed partial class ApplyPage
{
    private readonly Dictionary<string, string> _errors = [];
    private ProgramSettings _program = new();
    private OwnApplication? _own;
    private Actor _actor = Actor.Visitor;

    [Inject]
    public required PartnerApplicationQueries Applications { get; init; }

    [Inject]
    public required ApplyAsPartner Apply { get; init; }

    [Inject]
    public required ProgramSettingsSource Settings { get; init; }

    [Inject]
    public required CurrentActor Current { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required ReaderTime Time { get; init; }

    [Inject]
    public required IStringLocalizer<PartnersText> L { get; init; }

    [SupplyParameterFromForm(FormName = "apply")]
    public ApplyForm? Posted { get; set; }

    private ApplyForm Form { get; set; } = new();

    protected override async Task OnInitializedAsync()
    {
        _program = await Settings.GetAsync();
        _actor = await Current.GetAsync();
        _own = await Applications.OwnAsync(_actor, CancellationToken.None);
        Form = Posted ?? new ApplyForm { Kind = _own?.State is null ? AccountKind.Firm : _own.Kind, Name = _own?.Name, Website = _own?.Website, About = _own?.About };
    }

    private async Task SendAsync()
    {
        var result = await Apply.ExecuteAsync(new PartnerApplication(Form.Kind, Form.Name, Form.Website, Form.About), await Current.GetAsync(), CancellationToken.None);
        if (result.Error is { } error and not NothingToApplyFor)
        {
            _errors[error.Field ?? ""] = Words(error);
            return;
        }

        // Sent once, or twice by a double click: the page says how it stands.
        Navigation.NavigateTo(PortalUrls.Apply);
    }

    private string Words(Error error) => error switch
    {
        ApplicantNameMissing => L["Apply.NameMissing"],
        ApplicantNameTooLong tooLong => L["Apply.TooLong", tooLong.Limit],
        WebsiteWrong => L["Apply.WebsiteWrong"],
        AboutMissing => L["Apply.AboutMissing"],
        AboutTooLong tooLong => L["Apply.TooLong", tooLong.Limit],
        NotAdminOfAccount => L["Apply.OnlyAdmins"],
        _ => L["Apply.NotAllowed"],
    };

    private string? ErrorOf(string field) => _errors.GetValueOrDefault(field);

    private string? Invalid(string field) => _errors.ContainsKey(field) ? "true" : null;
}

/// <summary>The application as posted.</summary>
public sealed class ApplyForm
{
    public AccountKind Kind { get; set; } = AccountKind.Firm;

    public string? Name { get; set; }

    public string? Website { get; set; }

    public string? About { get; set; }
}
