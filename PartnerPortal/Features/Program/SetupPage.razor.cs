using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Journeys.Security;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Program;

/// <summary>The one-time address that the first start prints: makes the owner's first user. Works without script.</summary>
public sealed partial class SetupPage
{
    private bool _ownerExists;
    private bool _usable;
    private string? _nameError;
    private string? _emailError;
    private string? _passwordError;

    [SupplyParameterFromQuery] public string? Token { get; set; }

    [SupplyParameterFromForm(FormName = "first-owner")] public SetupInput? Input { get; set; }

    [Inject] public required OwnerQueries Queries { get; init; }

    [Inject] public required MakeFirstOwner Make { get; init; }

    [Inject] public required FirstSignIn SignIn { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required IStringLocalizer<ProgramText> L { get; init; }

    [Inject] public required IStringLocalizer<SharedText> Shared { get; init; }

    protected override async Task OnInitializedAsync()
    {
        Input ??= new SetupInput();
        _ownerExists = await Queries.ExistsAsync(CancellationToken.None);
        _usable = await Queries.IsUsableAsync(Token, CancellationToken.None);
    }

    private async Task MakeAsync()
    {
        var result = await Make.ExecuteAsync(new FirstOwnerRequest(Token, Input?.FullName, Input?.Email, Input?.Password), CancellationToken.None);
        switch (result.Error)
        {
            case null:
                await SignIn.ExecuteAsync(result.Value);
                Navigation.NavigateTo(PortalUrls.AdminProgram);
                break;
            case NameMissing:
                _nameError = L["Setup.Name.Missing"];
                break;
            case EmailWrong wrong:
                _emailError = Shared.Describe(wrong.Problem);
                break;
            case SignInDisabled:
                _emailError = L["Setup.Email.Disabled"];
                break;
            case PasswordRefused refused:
                _passwordError = refused.Codes.Contains("PasswordTooShort") ? L["Setup.Password.TooShort"] : L["Setup.Password.TooPlain"];
                break;
            case OwnerExists:
                _ownerExists = true;
                break;
            default:
                _usable = false;
                break;
        }
    }

    private static string? Invalid(string? error) => error is null ? null : "true";
}

/// <summary>What the form of the first start posts.</summary>
public sealed class SetupInput
{
    public string? FullName { get; set; }

    public string? Email { get; set; }

    public string? Password { get; set; }
}
