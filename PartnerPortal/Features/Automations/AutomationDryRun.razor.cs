using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Automations.Templates;
using PartnerPortal.Features.Journeys.Automations;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Automations;

/// <summary>Shows whom an automation, saved or not, would have reached, with which mails and how much money.</summary>
public sealed partial class AutomationDryRun : IDisposable
{
    private string _number = "";
    private string? _wrong;
    private DryRunReport? _report;
    private TemplateMail? _mail;
    private string? _draft;
    private bool _isOne;
    private bool _busy;

    [Inject] public required DryRun Dry { get; init; }

    [Inject] public required TemplateDrafts Drafts { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<AutomationPagesText> L { get; init; }

    [Inject] public required IStringLocalizer<AutomationsText> A { get; init; }

    /// <summary>As it is typed.</summary>
    [Parameter, EditorRequired] public required AutomationForm Form { get; set; }

    /// <summary>Something in the form is wrong; null: nothing (any more).</summary>
    [Parameter] public EventCallback<Error?> OnTried { get; set; }

    public void Dispose() => Close();

    private static string Number(int number) => number.ToString("N0", CultureInfo.CurrentCulture);

    private static string Who(DryRunLine line) => string.Join(" · ", new[] { line.ClientName, line.PartnerName }.Where(n => n.Length > 0));

    private async Task TryAsync()
    {
        if (_busy)
        {
            return;
        }

        (_report, _wrong) = (null, null);
        long? account = null;
        if (_number.Trim() is { Length: > 0 } typed)
        {
            if (!long.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !AccountNumber.TryIdOf(number, out var id))
            {
                _wrong = L["Dry.Account.Wrong"];
                return;
            }

            account = id;
        }

        _busy = true;
        try
        {
            var tried = await Dry.ExecuteAsync(Form, account, await Current.GetAsync(), CancellationToken.None);
            (_report, _isOne) = (tried.Ok ? tried.Value : null, account is not null);
            await OnTried.InvokeAsync(tried.Error);
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task ShowAsync(TemplateMail mail)
    {
        var actor = await Current.GetAsync();
        Close();
        (_mail, _draft) = (mail, Drafts.Keep(new TemplateDraft(mail.Content, mail.To.Language, actor.UserId!.Value)));
    }

    private void Close()
    {
        if (_draft is { } former)
        {
            Drafts.Forget(former);
        }

        (_mail, _draft) = (null, null);
    }
}
