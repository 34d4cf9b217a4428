using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Program;

public sealed class StaffRoleTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Grant_KnownPerson_BitesAtOnceAndIsAudited(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var (owner, person) = (await world.OwnerAsync(), await world.PersonAsync("Nina Novak"));
        var stamp = await StampAsync(portal, person);

        var granted = await GrantAsync(portal, " NINA.NOVAK@example.test ", StaffRoles.Support, owner);

        Assert.Equal("Nina Novak", granted.Value);
        Assert.True((await world.AgainAsync(person)).IsSupport);
        Assert.NotEqual(stamp, await StampAsync(portal, person));
        Assert.Equal(1, await portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == AuditActions.StaffRoleGranted && e.SubjectId == person.UserId)));
        Assert.IsType<HasRoleAlready>((await GrantAsync(portal, person.Email, StaffRoles.Support, owner)).Error);
        Assert.IsType<NoSuchPerson>((await GrantAsync(portal, "nobody@example.test", StaffRoles.Support, owner)).Error);
        Assert.IsType<NotAllowed>((await GrantAsync(portal, person.Email, StaffRoles.Owner, person)).Error);

        Assert.True((await RevokeAsync(portal, person, StaffRoles.Support, owner)).Ok);
        Assert.False((await world.AgainAsync(person)).IsStaff);
        Assert.IsType<HasNotThatRole>((await RevokeAsync(portal, person, StaffRoles.Support, owner)).Error);
        Assert.Equal(1, await portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == AuditActions.StaffRoleRevoked)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Revoke_TwoOwnersEachOtherAtOnce_LeavesOne(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var (first, second) = (await world.OwnerAsync("First Owner"), await world.OwnerAsync("Second Owner"));
        Assert.IsType<OwnOwnerRole>((await RevokeAsync(portal, first, StaffRoles.Owner, first)).Error);

        var results = await Task.WhenAll(
            Task.Run(() => RevokeAsync(portal, second, StaffRoles.Owner, first)),
            Task.Run(() => RevokeAsync(portal, first, StaffRoles.Owner, second)));

        Assert.Single(results, r => r.Ok);
        Assert.Equal(1, await portal.ReadAsync(db => db.UserRoles.CountAsync()));
    }

    private static Task<string?> StampAsync(TestPortal portal, Actor actor) => portal.ReadAsync(db => db.Users.Where(u => u.Id == actor.UserId).Select(u => u.SecurityStamp).SingleAsync());

    private static Task<Result<string>> GrantAsync(TestPortal portal, string email, string role, Actor actor) =>
        portal.CallAsync<GrantStaffRole, Result<string>>(g => g.ExecuteAsync(email, role, actor, default));

    private static Task<Result<string>> RevokeAsync(TestPortal portal, Actor person, string role, Actor actor) =>
        portal.CallAsync<RevokeStaffRole, Result<string>>(r => r.ExecuteAsync(person.UserId!.Value, role, actor, default));
}
