using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Program;

/// <summary>Who is staff; the owner grants and takes roles.</summary>
public sealed partial class StaffPage
{
    private Actor _actor = Actor.Visitor;
    private IReadOnlyList<StaffPerson> _staff = [];
    private (StaffPerson Person, string Role)? _taking;
    private string _email = "";
    private string _role = StaffRoles.Support;
    private string? _wrong;
    private string? _done;
    private string? _next;
    private string? _failed;

    [Inject] public required StaffQueries Queries { get; init; }

    [Inject] public required GrantStaffRole Grant { get; init; }

    [Inject] public required RevokeStaffRole Revoke { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<ProgramText> L { get; init; }

    [Inject] public required IStringLocalizer<SharedText> Shared { get; init; }

    private string TakeTitle => _taking is { } taking ? L["Staff.TakeTitle", taking.Person.Name, L["Role." + taking.Role]] : "";

    private string TakeText => _taking is { } taking ? L["Staff.TakeText." + taking.Role, taking.Person.Name] : "";

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        _actor = await Current.GetAsync();
        _staff = await Queries.ListAsync(_actor, CancellationToken.None);
    }

    private async Task GrantAsync()
    {
        (_wrong, _done, _failed) = (null, null, null);
        var result = await Grant.ExecuteAsync(_email, _role, _actor, CancellationToken.None);
        if (result.Ok)
        {
            _done = L["Staff.Granted", result.Value, L["Role." + _role]];
            _next = L["Staff.Granted.Next"];
            _email = "";
            await LoadAsync();
            return;
        }

        _wrong = Describe(result.Error!);
    }

    private async Task RevokeAsync()
    {
        if (_taking is not { } taking)
        {
            return;
        }

        (_taking, _done, _failed) = (null, null, null);
        var result = await Revoke.ExecuteAsync(taking.Person.UserId, taking.Role, _actor, CancellationToken.None);
        if (result.Ok)
        {
            _done = L["Staff.Taken", result.Value, L["Role." + taking.Role]];
            _next = L["Staff.Taken.Next"];
        }
        else
        {
            _failed = Describe(result.Error!);
        }

        await LoadAsync();
    }

    private string Describe(Error error) => error switch
    {
        StaffEmailWrong wrong => Shared.Describe(wrong.Problem),
        NoSuchPerson none => L["Staff.NoSuchPerson", none.Email],
        HasRoleAlready has => L["Staff.HasRole", has.Name],
        HasNotThatRole => L["Staff.HasNot"],
        LastOwner => L["Staff.LastOwner"],
        OwnOwnerRole => L["Staff.OwnOwnerRole"],
        _ => L["Problem.Other"],
    };
}
