using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Partners;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Commissions;

/// <summary>Gives a plan to all partners, a group or one partner, and takes it away.</summary>
public sealed partial class PlanHolders
{
    private IReadOnlyList<GroupOption> _groups = [];
    private PlanScope _scope;
    private long _group;
    private string _number = "";
    private string? _wrong;

    [Parameter, EditorRequired] public required PlanRow Plan { get; set; }

    [Parameter, EditorRequired] public required Actor Actor { get; set; }

    /// <summary>Gets the sentence that tells what was done.</summary>
    [Parameter] public EventCallback<string> OnChanged { get; set; }

    [Inject] public required AssignCommissionPlan Assign { get; init; }

    [Inject] public required PartnerAdminQueries Partners { get; init; }

    [Inject] public required IStringLocalizer<CommissionsText> L { get; init; }

    protected override async Task OnInitializedAsync() => _groups = await Partners.GroupsAsync(Actor, CancellationToken.None);

    private string NameOf(PlanHolder holder) => holder.Target.Length > 0 ? holder.Target : L["Scope." + holder.Scope];

    private Task GiveAsync()
    {
        var target = _scope switch
        {
            PlanScope.Program => 0,
            PlanScope.Group => _group,
            PlanScope.Partner => long.TryParse(_number.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number - AccountNumber.Offset : -1,
        };
        return ActAsync(_scope, target, Plan.Id, L["Done.Given", Plan.Name]);
    }

    private Task TakeAsync(PlanHolder holder) => ActAsync(holder.Scope, holder.TargetId, null, L["Done.Taken", Plan.Name]);

    private async Task ActAsync(PlanScope scope, long target, long? plan, string told)
    {
        var result = await Assign.ExecuteAsync(scope, target, plan, Actor, CancellationToken.None);
        _wrong = result.Error switch
        {
            null => null,
            PlanRefused refused => L.Describe(refused.Kind),
            OwnAccountInvolved => L["Problem.OwnAccount"],
            var other => throw new InvalidOperationException($"The page does not know {other}."),
        };
        if (result.Ok)
        {
            await OnChanged.InvokeAsync(told);
        }
    }
}
