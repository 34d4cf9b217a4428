using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Journeys.Security;
using PartnerPortal.Features.Partners;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Support;

/// <summary>The members of one account, and who of them may sign in.</summary>
public sealed partial class MembersTable
{
    private bool _isOwner;
    private AccountMember? _asking;
    private string? _reason;
    private string? _reasonError;
    private bool _busy;
    private (string Title, string Next, AccountMember? Undo)? _done;
    private string? _failure;

    [Inject]
    public required DisableUser Disable { get; init; }

    [Inject]
    public required EnableUser Enable { get; init; }

    [Inject]
    public required CurrentActor Current { get; init; }

    [Inject]
    public required ReaderTime Time { get; init; }

    [Inject]
    public required IStringLocalizer<SupportText> L { get; init; }

    /// <summary>What the table is of, for who does not see it.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter, EditorRequired]
    public required long AccountId { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<AccountMember> Members { get; set; }

    /// <summary>The reader decides about this account; it does not about one of its own.</summary>
    [Parameter]
    public bool MayDecide { get; set; }

    /// <summary>A member was disabled or enabled: the list is to be read again.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    private string AskTitle => L["SignIn.AskTitle", _asking?.Name ?? ""];

    private string AskSub => L["SignIn.AskSub", _asking?.Name ?? ""];

    protected override async Task OnParametersSetAsync() => _isOwner = (await Current.GetAsync()).IsOwner;

    private Task ToggleAsync(AccountMember member)
    {
        if (member.DisabledAt is not null)
        {
            return EnableAsync(member);
        }

        (_asking, _reason, _reasonError) = (member, null, null);
        return Task.CompletedTask;
    }

    private void CloseAsk(bool open) => (_asking, _reasonError) = (null, null);

    private async Task DisableAsync()
    {
        if (_asking is not { } member)
        {
            return;
        }

        var result = await RunAsync(actor => Disable.ExecuteAsync(member.UserId, AccountId, _reason, actor, CancellationToken.None));
        if (result.Error is { Field: not null } error)
        {
            _reasonError = Words(error);
            return;
        }

        CloseAsk(false);
        await ShowAsync(result, (L["SignIn.Done", member.Name], L["SignIn.DoneNext"], member));
    }

    private async Task EnableAsync(AccountMember member) =>
        await ShowAsync(
            await RunAsync(actor => Enable.ExecuteAsync(member.UserId, AccountId, actor, CancellationToken.None)),
            (L["SignIn.Enabled", member.Name], L["SignIn.EnabledNext"], null));

    private async Task<Result<Done>> RunAsync(Func<Actor, Task<Result<Done>>> decide)
    {
        _busy = true;
        try
        {
            return await decide(await Current.GetAsync());
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task ShowAsync(Result<Done> result, (string Title, string Next, AccountMember? Undo) done)
    {
        _failure = result.Error is { } error ? Words(error) : null;
        _done = result.Ok ? done : null;
        await OnChanged.InvokeAsync();
    }

    private string Words(Error error) => error switch
    {
        DecisionReasonMissing => L["SignIn.ReasonMissing"],
        DecisionReasonTooLong tooLong => L["Error.ReasonTooLong", tooLong.Limit],
        SignInDecidedBefore before => before.IsDisabled ? L["SignIn.DisabledBefore"] : L["SignIn.EnabledBefore"],
        OwnSignIn => L["SignIn.Own"],
        OwnAccountInvolved => L["SignIn.OwnAccount"],
        LastOwner => L["SignIn.LastOwner"],
        StaffIsForOwners => L["SignIn.OwnersDecide"],
        NoSuchMember => L["SignIn.NoMember"],
        _ => L["Error.NotAllowed"],
    };
}
