namespace PartnerPortal.Tests.Access;
public sealed class RouteDump
{
    [Fact]
    public async Task Dump()
    {
        await using var portal = await PartnerPortal.Tests.Support.TestPortal.StartAsync();
        File.WriteAllLines("/tmp/routes.txt", RouteTable.Of(portal).Where(r => r.Excluded is null).Select(r => $"{r.Pattern} [{string.Join(',', r.Methods)}] anon={r.IsAnonymous} token={r.AsksForToken} {r.Metadata.Count}"));
    }
}
