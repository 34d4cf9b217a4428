using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using PartnerPortal.Components.Ui;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Support;

public sealed partial class CreateIntegratorDialog
{
    private readonly Dictionary<string, string> _errors = [];
    private string? _firm;
    private string? _contact;
    private string? _email;
    private string _language = Languages.Default;
    private bool _busy;
    private CreatedIntegrator? _created;

    [Inject]
    public required CreateIntegrator Create { get; init; }

    [Inject]
    public required IJSRuntime Js { get; init; }

    [Inject]
    public required CurrentActor Current { get; init; }

    [Inject]
    public required IStringLocalizer<SupportText> L { get; init; }

    [Inject]
    public required IStringLocalizer<SharedText> Shared { get; init; }

    [Parameter]
    public bool Open { get; set; }

    [Parameter]
    public EventCallback<bool> OpenChanged { get; set; }

    private async Task SaveAsync()
    {
        _errors.Clear();
        _busy = true;
        var result = await Create.ExecuteAsync(new NewIntegrator(_firm, _contact, _email, _language), await Current.GetAsync(), CancellationToken.None);
        _busy = false;
        if (result.Error is { } error)
        {
            _errors[error.Field ?? ""] = Words(error);
            return;
        }

        (_firm, _contact, _email) = (null, null, null);
        _created = result.Value;
        await Js.ForgetFormAsync("integrator");
    }

    private string Words(Error error) => error switch
    {
        ContactNameMissing => L["Create.ContactMissing"],
        IntegratorNameTooLong tooLong => L["Create.NameTooLong", tooLong.Limit],
        IntegratorEmailWrong wrong => Shared.Describe(wrong.Problem),
        AlreadyPartner already => L["Create.Already." + already.State, already.Name],
        OwnAccountInvolved => L["Own.Account"],
        _ => L["Error.NotAllowed"],
    };

    private async Task CloseAsync(bool open)
    {
        _created = null;
        _errors.Clear();
        await OpenChanged.InvokeAsync(open);
    }
}
