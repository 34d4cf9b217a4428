using Microsoft.AspNetCore.Components;
using PartnerPortal.Email;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Support;

/// <summary>Every message of the portal with its state. What is filtered stands in the address, so that it can be shared and bookmarked.</summary>
public sealed partial class MailPage
{
    private static readonly OutboxState[] States = [OutboxState.Pending, OutboxState.Sent, OutboxState.Failed, OutboxState.Cancelled];

    private Page<MailLine>? _page;
    private IReadOnlyDictionary<OutboxState, int> _counts = new Dictionary<OutboxState, int>();

    [Inject] public required MailLogQueries Mail { get; init; }

    [Inject] public required CurrentActor Actor { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [SupplyParameterFromQuery(Name = "state")] public string? State { get; set; }

    [SupplyParameterFromQuery(Name = "kind")] public string? Kind { get; set; }

    /// <summary>A part of the recipient's address.</summary>
    [SupplyParameterFromQuery(Name = "q")] public string? Query { get; set; }

    [SupplyParameterFromQuery(Name = "at")] public string? At { get; set; }

    private OutboxState? Chosen => Enum.TryParse<OutboxState>(State, ignoreCase: true, out var state) && Enum.IsDefined(state) ? state : null;

    private bool IsFiltered => Chosen is not null || !string.IsNullOrEmpty(Kind) || !string.IsNullOrWhiteSpace(Query);

    protected override async Task OnParametersSetAsync()
    {
        var actor = await Actor.GetAsync();
        var filter = new MailFilter(Chosen, string.IsNullOrEmpty(Kind) ? null : Kind, Query);
        _counts = await Mail.CountAsync(filter, actor, CancellationToken.None);
        _page = await Mail.ListAsync(filter, At, actor, CancellationToken.None);
    }

    private void Search(ChangeEventArgs change) => Navigation.NavigateTo(Address(Chosen, Kind, change.Value as string));

    private void ChooseKind(ChangeEventArgs change) => Navigation.NavigateTo(Address(Chosen, change.Value as string, Query));

    private void Turn(string? cursor) => Navigation.NavigateTo(PortalUrls.WithQuery(Address(Chosen), ("at", cursor)));

    private string Address(OutboxState? state) => Address(state, Kind, Query);

    private static string Address(OutboxState? state, string? kind, string? query) =>
        PortalUrls.WithQuery(PortalUrls.SupportMail, ("state", state?.ToString().ToLowerInvariant()), ("kind", kind), ("q", query?.Trim()));

    private string? Current(OutboxState? state) => state == Chosen ? "page" : null;
}
