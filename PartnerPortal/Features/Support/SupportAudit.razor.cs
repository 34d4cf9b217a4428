using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Support;

/// <summary>Who did what. The filter stands in the address, so that it can be sent to a colleague.</summary>
public sealed partial class SupportAudit
{
    private string? _action;
    private string? _who;
    private string? _account;
    private DateOnly? _from;
    private DateOnly? _until;
    private string? _accountError;
    private string? _untilError;
    private Page<AuditRow>? _page;
    private IReadOnlyDictionary<long, string> _names = new Dictionary<long, string>();
    private AuditFilter _filter = AuditFilter.None;

    [Inject]
    public required AuditQueries Audit { get; init; }

    [Inject]
    public required AccountSearchQueries Accounts { get; init; }

    [Inject]
    public required CurrentActor Current { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required ReaderTime Time { get; init; }

    [Inject]
    public required IStringLocalizer<SupportText> L { get; init; }

    [Inject]
    public required IStringLocalizer<AuditText> Words { get; init; }

    [SupplyParameterFromQuery(Name = "action")]
    public string? Action { get; set; }

    [SupplyParameterFromQuery(Name = "who")]
    public string? Who { get; set; }

    [SupplyParameterFromQuery(Name = "account")]
    public string? Account { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    [SupplyParameterFromQuery(Name = "until")]
    public string? Until { get; set; }

    private bool IsFiltered => _filter != AuditFilter.None;

    private IEnumerable<(string Key, string Name)> Actions =>
        AuditActions.All.Select(a => (a, Words.ActionName(a))).OrderBy(a => a.Item2, StringComparer.CurrentCultureIgnoreCase);

    protected override async Task OnParametersSetAsync()
    {
        (_action, _who, _account, _from, _until) = (Action, Who, Account, Date(From), Date(Until));
        if (TryFilter(out var filter))
        {
            _filter = filter;
        }

        await ShowAsync(null);
    }

    private void Apply()
    {
        if (TryFilter(out _))
        {
            Navigation.NavigateTo(PortalUrls.WithQuery(PortalUrls.SupportAudit,
                ("action", _action), ("who", _who?.Trim()), ("account", _account?.Trim()), ("from", Text(_from)), ("until", Text(_until))));
        }
    }

    private async Task ShowAsync(string? cursor)
    {
        var actor = await Current.GetAsync();
        var page = await Audit.FindAsync(_filter, cursor, AuditQueries.PageSize, actor, CancellationToken.None);
        _names = await Accounts.NamesAsync(AuditWords.AccountsIn(page.Items), actor, CancellationToken.None);
        _page = page;
    }

    private bool TryFilter(out AuditFilter filter)
    {
        (_accountError, _untilError) = (null, null);
        filter = AuditFilter.None;
        long? accountId = null;
        if (_account?.Trim() is { Length: > 0 } typed)
        {
            if (!long.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !Features.Accounts.Account.TryIdOfNumber(number, out var id))
            {
                _accountError = L["Audit.AccountWrong"];
                return false;
            }

            accountId = id;
        }

        if (_from is { } from && _until is { } until && until < from)
        {
            _untilError = L["Audit.UntilWrong"];
            return false;
        }

        filter = new AuditFilter(
            string.IsNullOrEmpty(_action) ? null : _action,
            string.IsNullOrWhiteSpace(_who) ? null : _who.Trim(),
            accountId,
            _from is { } first ? Time.StartOfDay(first) : null,
            _until is { } last ? Time.StartOfDay(last.AddDays(1)) : null);
        return true;
    }

    private string NameOf(AuditRow row) => row.AccountId is { } id ? _names.GetValueOrDefault(id) ?? "" : "";

    private static DateOnly? Date(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private static string? Text(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
