using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Partners;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Support;

public sealed partial class PartnerTermsForm
{
    private const string NewGroup = "new";

    private readonly Dictionary<string, string> _errors = [];
    private IReadOnlyList<GroupOption> _groups = [];
    private string? _externalId;
    private string _group = "";
    private string? _groupName;

    [Inject]
    public required PartnerAdminQueries Partners { get; init; }

    [Inject]
    public required ChangePartnerTerms Change { get; init; }

    [Inject]
    public required CreatePartnerGroup Create { get; init; }

    [Inject]
    public required CurrentActor Current { get; init; }

    [Inject]
    public required IStringLocalizer<SupportText> L { get; init; }

    [Parameter, EditorRequired]
    public required long AccountId { get; set; }

    [Parameter, EditorRequired]
    public required PartnerDetail Detail { get; set; }

    [Parameter]
    public EventCallback OnSaved { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _groups = await Partners.GroupsAsync(await Current.GetAsync(), CancellationToken.None);
        _externalId = Detail.Row.ExternalId;
        _group = Text(Detail.GroupId);
    }

    private async Task SaveAsync()
    {
        _errors.Clear();
        var actor = await Current.GetAsync();
        if (_group == NewGroup)
        {
            var made = await Create.ExecuteAsync(_groupName, actor, CancellationToken.None);
            if (made.Error is { } refused)
            {
                _errors[refused.Field ?? ""] = Words(refused);
                return;
            }

            _groups = await Partners.GroupsAsync(actor, CancellationToken.None);
            (_group, _groupName) = (Text(made.Value), null);
        }

        long? group = long.TryParse(_group, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        var result = await Change.ExecuteAsync(AccountId, new PartnerTerms(_externalId, group), actor, CancellationToken.None);
        if (result.Error is { } error)
        {
            _errors[error.Field ?? ""] = Words(error);
            return;
        }

        await OnSaved.InvokeAsync();
    }

    private string Words(Error error) => error switch
    {
        ExternalIdTaken taken => L["Terms.Taken", taken.Name],
        ExternalIdTooLong tooLong => L["Error.ReasonTooLong", tooLong.Limit],
        NoSuchGroup => L["Terms.NoSuchGroup"],
        GroupNameMissing => L["Terms.GroupMissing"],
        GroupNameTooLong tooLong => L["Error.ReasonTooLong", tooLong.Limit],
        GroupNameTaken => L["Terms.GroupTaken"],
        OwnAccountInvolved => L["Own.Account"],
        _ => L["Error.NotAllowed"],
    };

    private static string Text(long? id) => id?.ToString(CultureInfo.InvariantCulture) ?? "";
}
