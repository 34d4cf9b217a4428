using System.Text;
using PartnerPortal.Features.Journeys.Contacts;
using PartnerPortal.Features.Journeys.Moving;
using PartnerPortal.Features.Payouts;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Journeys.Moving;

/// <summary>An owner with files of another system.</summary>
internal sealed class MovingWorld(TestPortal portal)
{
    public const string PartnersHead = "external_id,name,company,email,language,sponsor";
    public const string ClientsHead = "external_id,name,email,partner,since";
    public const string BalancesHead = "partner,amount,currency,as_of";

    public World People { get; } = new(portal);

    public async Task<MovingReport> CheckAsync(MovingKind kind, string head, IEnumerable<string> lines, Actor owner)
    {
        var result = await portal.CallAsync<CheckMovingIn, Result<MovingReport>>(async c => await c.ExecuteAsync(await FileAsync(kind, head, lines), _ => Task.CompletedTask, owner, default));
        Assert.True(result.Ok, $"{result.Error}");
        return result.Value;
    }

    public async Task<MovingReport> MoveAsync(MovingKind kind, string head, IEnumerable<string> lines, Actor owner, bool sendsLinks = false, Func<int, Task>? told = null, CancellationToken stop = default)
    {
        var result = await portal.CallAsync<MoveIn, Result<MovingReport>>(
            async m => await m.ExecuteAsync(new MovingRun(await FileAsync(kind, head, lines, sendsLinks), told ?? (_ => Task.CompletedTask), stop), owner, default));
        Assert.True(result.Ok, $"{result.Error}");
        return result.Value;
    }

    public static async Task<MovingFile> FileAsync(MovingKind kind, string head, IEnumerable<string> lines, bool sendsLinks = false)
    {
        var opened = await ContactFile.OpenAsync(Encoding.UTF8.GetBytes(string.Join('\n', lines.Prepend(head))), default);
        Assert.True(opened.Ok, $"{opened.Error}");
        return new MovingFile(kind, opened.Value, "Rewardful", sendsLinks);
    }

    /// <summary>What <c>verify</c> finds.</summary>
    public async Task<IReadOnlyList<BookFinding>> FindingsAsync() =>
        [.. (await portal.CallAsync<VerifyBooks, BookReport>(v => v.ExecuteAsync(default))).Findings, .. (await portal.CallAsync<VerifyPayouts, PayoutReport>(v => v.ExecuteAsync(default))).Findings];
}
