using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Partners;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Support;

public sealed partial class ClientFileView
{
    private IReadOnlyList<HistoryLine> _lines = [];
    private bool _reassigning;
    private bool _isPartner;
    private string? _done;

    [Inject]
    public required PartnerAdminQueries Partners { get; init; }

    [Inject]
    public required CurrentActor Current { get; init; }

    [Inject]
    public required ReaderTime Time { get; init; }

    [Inject]
    public required IStringLocalizer<SupportText> L { get; init; }

    [Inject]
    public required IStringLocalizer<AuditText> Audit { get; init; }

    [Parameter, EditorRequired]
    public required ClientFile File { get; set; }

    /// <summary>The account has another partner now, or somebody of it may sign in no more, or again.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    private string Name => File.Account.Name.Length > 0 ? File.Account.Name : L["Account.Closed"];

    private string? Phone => File.Account.Phone is { } phone ? PhoneNumber.FromE164(phone).Display : null;

    private bool MayReassign => !File.IsOwn && File.Account.State is not AccountState.Closed;

    private ReceiptData? CurrentReceipt => File.Partner is { } span ? File.Receipts.FirstOrDefault(r => r.AttributionId == span.Id) : null;

    private IEnumerable<ReceiptData> EarlierReceipts => File.Receipts.Where(r => r.AttributionId != File.Partner?.Id);

    private string ConsentWords
    {
        get
        {
            var open = File.Consents.Where(c => c.WithdrawnAt is null && c.PartnerId == File.Partner?.PartnerId).Select(c => c.Kind).ToHashSet();
            return L[(open.Contains(ConsentKind.Data), open.Contains(ConsentKind.Access)) switch
            {
                (true, true) => "Consent.Both",
                (true, false) => "Consent.Data",
                (false, true) => "Consent.Access",
                (false, false) => "Consent.None",
            }];
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        _lines = ClientHistory.Lines(File, L, Audit, Time);
        _isPartner = await Partners.DetailAsync(File.Account.Id, await Current.GetAsync(), CancellationToken.None) is not null;
    }

    private async Task DoneAsync(string partnerName)
    {
        _done = L["Reassign.Done", Name, partnerName];
        await OnChanged.InvokeAsync();
    }
}
