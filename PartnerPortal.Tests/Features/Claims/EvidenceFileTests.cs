using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Claims;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Claims;

/// <summary>Which files are taken, who gets them, and how long they stay.</summary>
public sealed class EvidenceFileTests
{
    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    [Theory]
    [InlineData("a.pdf", "%PDF-1.4\nx\n%%EOF", "application/pdf")]
    [InlineData("A.TXT", "Grüße\n", "text/plain")]
    [InlineData("m.eml", "Received: by x\r\n y\r\nFrom: a@b.test\r\nSubject: x\r\n\r\nany: thing", "message/rfc822")]
    public void Check_WhatItSays_IsTaken(string name, string content, string type)
    {
        Assert.Null(EvidenceFile.Check(new NewFile(name, Encoding.UTF8.GetBytes(content)), out var found));
        Assert.Equal(type, found);
    }

    [Theory]
    [InlineData("a.pdf", "<html>", EvidenceProblem.NotWhatItSays)]
    [InlineData("a.pdf", "%PDF-1.4 cut off", EvidenceProblem.NotWhatItSays)]
    [InlineData("a.png", "%PDF-1.4\n%%EOF", EvidenceProblem.NotWhatItSays)]
    [InlineData("a.jpg", "\u0001\u0002", EvidenceProblem.NotWhatItSays)]
    [InlineData("a.txt", "a\0b", EvidenceProblem.NotWhatItSays)]
    [InlineData("a.eml", "just words", EvidenceProblem.NotWhatItSays)]
    [InlineData("a.eml", "Subject: x\r\n\r\nFrom: a", EvidenceProblem.NotWhatItSays)]
    [InlineData("a.html", "<p>", EvidenceProblem.OtherKind)]
    [InlineData("a.pdf.exe", "%PDF-1.4\n%%EOF", EvidenceProblem.OtherKind)]
    [InlineData("a", "x", EvidenceProblem.OtherKind)]
    [InlineData("a.txt", "", EvidenceProblem.Empty)]
    public void Check_AnythingElse_IsRefused(string name, string content, EvidenceProblem problem)
    {
        Assert.Equal(problem, EvidenceFile.Check(new NewFile(name, Encoding.UTF8.GetBytes(content)), out var type));
        Assert.Equal("", type);
    }

    [Fact]
    public void Check_Pictures_AreReadToTheirEnd()
    {
        var png = Convert.FromBase64String(Png);
        Assert.Null(EvidenceFile.Check(new NewFile("a.png", png), out _));
        Assert.Equal(EvidenceProblem.NotWhatItSays, EvidenceFile.Check(new NewFile("a.png", png[..^8]), out _));
        Assert.Null(EvidenceFile.Check(new NewFile("a.JPEG", [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xD9]), out _));
        Assert.Equal(EvidenceProblem.NotWhatItSays, EvidenceFile.Check(new NewFile("a.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2]), out _));
        Assert.Equal(EvidenceProblem.TooBig, EvidenceFile.Check(new NewFile("a.txt", new byte[EvidenceFile.MaxBytes + 1]), out _));
    }

    [Theory]
    [InlineData("../../etc/x.pdf", "x.pdf")]
    [InlineData("C:\\a\\b.txt", "b.txt")]
    [InlineData("in\u202Efdp.txt", "infdp.txt")]
    [InlineData("a\r\nb.txt", "ab.txt")]
    public void CleanName_OddNames_KeepsWhatCanBeSeen(string name, string clean) => Assert.Equal(clean, EvidenceFile.CleanName(name));

    [Fact]
    public void CleanName_TooLong_KeepsTheEnding()
    {
        var clean = EvidenceFile.CleanName(new string('x', 300) + ".pdf");

        Assert.Equal(EvidenceFile.NameLength, clean.Length);
        Assert.EndsWith(".pdf", clean, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_OfEitherSide_GoToThatSideAndSupportOnly()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new ClaimWorld(portal);
        var (old, client, claimant, support) = await world.StartAsync();
        var claim = await world.FiledAsync(claimant, client.Email, "We met.", ClaimWorld.Pdf("vertrag ü.pdf"));
        Assert.Null((await world.AnswerAsync(claim, old, "No.", new NewFile("no.txt", "no"u8.ToArray()))).Error);
        var files = await portal.ReadAsync(db => db.ClaimFiles.OrderBy(f => f.Id).Select(f => f.Id).ToListAsync());

        using var own = await SignedIn.ClientAsync(portal, claimant);
        using var other = await SignedIn.ClientAsync(portal, old);
        using var staff = await SignedIn.ClientAsync(portal, support);
        using var theirs = await SignedIn.ClientAsync(portal, client);
        using var response = await own.GetAsync(Of(files[0]));
        Assert.Equal("%PDF-", (await response.Content.ReadAsStringAsync())[..5]);
        Assert.Equal(("attachment", "application/pdf", "nosniff"), (response.Content.Headers.ContentDisposition!.DispositionType, response.Content.Headers.ContentType!.MediaType, string.Concat(response.Headers.GetValues("X-Content-Type-Options"))));
        Assert.Equal("vertrag ü.pdf", response.Content.Headers.ContentDisposition.FileNameStar);
        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.OK], await BothAsync(other));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.NotFound], await BothAsync(own));
        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound], await BothAsync(theirs));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], await BothAsync(staff));
        Assert.Equal(2, await portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == AuditActions.ClaimFileRead && e.ActorUserId == support.UserId)));
        Assert.Equal("no.txt", Assert.Single((await world.SeenByAsync(claim, old))!.Files).Name);

        async Task<List<HttpStatusCode>> BothAsync(HttpClient browser)
        {
            var codes = new List<HttpStatusCode>();
            foreach (var file in files)
            {
                using var answer = await browser.GetAsync(Of(file));
                codes.Add(answer.StatusCode);
            }

            return codes;
        }

        static Uri Of(long file) => new(PortalUrls.ClaimFile(file), UriKind.Relative);
    }

    [Fact]
    public async Task Files_OfAClaimThatIsOver_AreDeletedInTime()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new ClaimWorld(portal);
        var (_, client, claimant, support) = await world.StartAsync();
        var decided = await world.FiledAsync(claimant, client.Email, "We met.", ClaimWorld.Pdf());
        var open = await world.FiledAsync(claimant, "nobody@nowhere.test", "We met.", ClaimWorld.Pdf());
        Assert.Null((await world.DecideAsync(decided, support, moves: false)).Error);

        portal.Clock.Advance(TimeSpan.FromDays(ClientClaim.KeepFilesDays - 0.1));
        Assert.Equal(0, await world.TendAsync());
        portal.Clock.Advance(TimeSpan.FromDays(0.2));
        Assert.Equal(1, await world.TendAsync());
        Assert.Equal(0, await world.TendAsync());
        Assert.Equal([open], await portal.ReadAsync(db => db.ClaimFiles.Select(f => f.ClaimId).ToListAsync()));
        Assert.NotNull((await world.SeenByAsync(decided, claimant))!.FilesDeletedAt);
    }
}
