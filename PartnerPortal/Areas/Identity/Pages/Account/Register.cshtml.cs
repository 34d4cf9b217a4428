using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Journeys.Security;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Areas.Identity.Pages.Account;

/// <summary>
/// Registration. The form names the partner that would be the client's and what it will see; sending it is the consent, and a button takes the partner away.
/// What the page answers is the same whether the address has an account or not.
/// </summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Forms)]
public sealed partial class RegisterModel(
    RegisterAccount register, RegisterWithProvider registerWithProvider, ExternalSignIns external, SignInManager<PortalUser> signIn, Arrival arrival, ReferralQueries referrals, TouchSeal touches, ProgramSettingsSource settings, UserManager<PortalUser> users, TimeProvider clock, IStringLocalizer<IdentityText> text)
    : IdentityPage(text)
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = "returnUrl")]
    public string? ReturnUrl { get; set; }

    /// <summary>The partner's code in the address.</summary>
    [BindProperty(SupportsGet = true, Name = "from")]
    public string? From { get; set; }

    /// <summary>An invitation's token.</summary>
    [BindProperty(SupportsGet = true, Name = "i")]
    public string? I { get; set; }

    /// <summary>The person took the partner away.</summary>
    [BindProperty(SupportsGet = true, Name = "removed")]
    public bool Removed { get; set; }

    /// <summary>The partner that the form named when it was sent.</summary>
    [BindProperty]
    public long? AgreedPartnerId { get; set; }

    /// <summary>The typed code whose partner the page named without a round trip.</summary>
    [BindProperty]
    public string? AgreedCode { get; set; }

    /// <summary>Who would be the partner; null when nobody.</summary>
    public ReferralCandidate? Partner { get; private set; }

    /// <summary>Another came to stand first while the form was filled in.</summary>
    public bool PartnerChanged { get; private set; }

    /// <summary>Why the link that led here brings no partner.</summary>
    public string? Problem { get; private set; }

    public string ProgramName { get; private set; } = "";

    public bool ShowsCode => !string.IsNullOrWhiteSpace(Input.Code);

    /// <summary>A code was typed, and it is a partner's who takes clients.</summary>
    public bool TypedIsGood => ShowsCode && ModelState["Input.Code"] is not { Errors.Count: > 0 };

    /// <param name="code">As if typed into the form.</param>
    /// <param name="problem"><c>unknown</c> when the address that led here named nobody.</param>
    /// <param name="ct">Cancels.</param>
    public async Task OnGetAsync(string? code, string? problem, CancellationToken ct)
    {
        Input.Code = code;
        await ReadProviderAsync();
        (Input.FullName, Input.Email) = (Provider?.Name, Provider?.Email);
        Problem = problem == "unknown" ? L["Register.UnknownPartner"] : await ProblemOfAddressAsync(ct);
        if (!string.IsNullOrWhiteSpace(code))
        {
            await CheckTypedAsync(ct);
        }

        await ShowAsync(ct);
    }

    /// <summary>"Go on without …": nothing typed is lost.</summary>
    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken ct)
    {
        await ReadProviderAsync();
        Removed = true;
        Input.Code = null;
        ModelState.Clear();
        await ShowAsync(ct);
        return Page();
    }

    /// <summary>The typed code is looked up; without script.</summary>
    public async Task<IActionResult> OnPostCheckAsync(CancellationToken ct)
    {
        await ReadProviderAsync();
        ModelState.Clear();
        await CheckTypedAsync(ct);
        await ShowAsync(ct);
        return Page();
    }

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => SameTime.AnswerAsync<IActionResult>(clock, async () =>
    {
        ReturnUrl = Arrival.Safe(ReturnUrl);
        await ReadProviderAsync();
        var typed = await CheckTypedAsync(ct);
        await CheckFieldsAsync();
        if (ModelState.IsValid)
        {
            var agreed = typed is not null && SameCode(AgreedCode, Input.Code) ? typed.AccountId : AgreedPartnerId;
            var request = new RegisterRequest(Input.FullName, Input.Email, Input.Password ?? "", PageLanguage, await CluesAsync(ct), agreed, Removed && typed is null, ReturnUrl);
            if (Provider is not null)
            {
                return await RegisterWithProviderAsync(request, ct);
            }

            var registered = await register.ExecuteAsync(request, ct);
            switch (registered.Error)
            {
                case null:
                    ConfirmEmailModel.Remember(HttpContext, registered.Value);
                    TempData["Registered"] = Input.Email!.Trim();
                    return RedirectToPage("./RegisterConfirmation");
                case { } error:
                    Tell(error);
                    break;
            }
        }

        await ShowAsync(ct);
        return Page();
    });

    private void Tell(Error error)
    {
        if (error is PartnerChangedMeanwhile)
        {
            PartnerChanged = true;
        }
        else
        {
            Wrong(error.Field is null ? "" : "Input." + error.Field, Sentence(error));
        }
    }

    private static bool SameCode(string? agreed, string? typed) =>
        ReferralCode.TryParse(agreed, out var a) && ReferralCode.TryParse(typed, out var b) && a.Value == b.Value;

    private async Task CheckFieldsAsync()
    {
        if (string.IsNullOrWhiteSpace(Input.FullName))
        {
            Wrong("Input.FullName", L["Error.NameMissing"]);
        }
        else if (Input.FullName.Trim().Length > ChangeProfile.NameLength)
        {
            Wrong("Input.FullName", L["Error.NameTooLong"]);
        }

        TryReadEmail(Input.Email, "Input.Email", out _);
        if (Provider is null && IsTyped(Input.Password, "Input.Password", isNew: true)
            && await PasswordRules.BrokenAsync(users, new PortalUser { Email = Input.Email, UserName = Input.Email }, Input.Password!) is { Count: > 0 } broken)
        {
            Wrong("Input.Password", Sentence(new PasswordRefused(broken)));
        }
    }

    /// <returns>The partner of the typed code; null when none was typed, or with a sentence beside the field.</returns>
    private async Task<ReferralPartner?> CheckTypedAsync(CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(Input.Code))
        {
            return null;
        }

        var partner = await referrals.ByCodeAsync(Input.Code, ct);
        if (partner is not { TakesClients: true })
        {
            Wrong("Input.Code", partner is null ? L["Error.CodeUnknown"] : L["Error.CodeInactive"]);
            return null;
        }

        return partner;
    }

    private async Task<string?> ProblemOfAddressAsync(CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(From))
        {
            return null;
        }

        return await referrals.ByCodeAsync(From, ct) switch
        {
            null => L["Register.UnknownPartner"].Value,
            { TakesClients: false } partner => L["Register.InactivePartner", partner.Name].Value,
            _ => null,
        };
    }

    private async Task<ReferralClues> CluesAsync(CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        var typed = string.IsNullOrWhiteSpace(Input.Code) ? null : Input.Code;
        return new ReferralClues(typed, string.IsNullOrEmpty(I) ? null : I, From, touches.Open(Request.Cookies[TouchSeal.CookieName], program.CookieWindowDays));
    }

    /// <summary>Finds whom the form names.</summary>
    private async Task ShowAsync(CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        ProgramName = program.Name;
        var candidates = await referrals.CandidatesAsync(await CluesAsync(ct), ct);
        var (decision, _) = ReferralPrecedence.Decide(candidates, program.TouchRule, Removed && !TypedIsGood);
        Partner = decision is null ? null : candidates.First(c => c.PartnerId == decision.PartnerId && c.Rule == decision.Rule);
    }

    /// <summary>The form.</summary>
    public sealed class InputModel
    {
        public string? FullName { get; set; }

        public string? Email { get; set; }

        public string? Password { get; set; }

        /// <summary>A referral code as typed.</summary>
        public string? Code { get; set; }
    }
}
