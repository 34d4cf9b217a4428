using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Email;
using PartnerPortal.Email.Transports;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Email;

public sealed class FolderMailTransportTests
{
    [Fact]
    public async Task SendAsync_Twice_WritesOneWholeFile()
    {
        await using var portal = await TestPortal.StartAsync();
        var transport = portal.Services.GetRequiredService<IMailTransport>();

        await transport.SendAsync(SmtpMailTransportTests.Envelope, default);
        await transport.SendAsync(SmtpMailTransportTests.Envelope, default);

        var file = Assert.Single(Directory.GetFileSystemEntries(portal.MailFolder));
        Assert.Equal("20261120-100000-0123456789abcdef0123456789abcdef.eml", Path.GetFileName(file));
        SmtpMailTransportTests.AssertWhole(ParsedMail.ReadFile(file));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(portal.MailFolder));
        }
    }

    [Fact]
    public async Task ExecuteAsync_FolderCannotBeMade_KeepsTheMessageAndSendsItLater()
    {
        await using var portal = await TestPortal.StartAsync();
        // A file where the folder should be: also the administrator of the machine cannot write into it.
        await File.WriteAllTextAsync(portal.MailFolder, "");
        var id = (await portal.QueueAsync(1)).Single();

        Assert.Equal(0, await portal.SendAsync());
        var message = await portal.MessageAsync(id);
        Assert.Equal((OutboxState.Pending, 1), (message.State, message.Attempts));
        Assert.Contains("folder", message.LastError, StringComparison.Ordinal);

        File.Delete(portal.MailFolder);
        portal.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, await portal.SendAsync());
        Assert.Equal("Añadido nº 0", ParsedMail.ReadFile(Directory.GetFiles(portal.MailFolder).Single())["Subject"]);
    }

    [Fact]
    public async Task TidyAsync_LeftByAKilledProcess_IsDeletedOnceNobodyCanBeWritingIt()
    {
        await using var portal = await TestPortal.StartAsync();
        var transport = portal.Services.GetRequiredService<IMailTransport>();
        var left = Leave(portal, "0123456789abcdef0123456789abcdef");
        Directory.SetLastWriteTimeUtc(left, portal.Clock.Now.AddMinutes(-9));

        await transport.TidyAsync(default);
        Assert.True(Directory.Exists(left));

        Directory.SetLastWriteTimeUtc(left, portal.Clock.Now.AddMinutes(-11));
        await transport.TidyAsync(default);
        Assert.Empty(Directory.GetFileSystemEntries(portal.MailFolder));
    }

    [Fact]
    public async Task ForgetAsync_LeftByAKilledProcess_IsDeletedAtOnceAndNothingOfOthers()
    {
        await using var portal = await TestPortal.StartAsync();
        var transport = portal.Services.GetRequiredService<IMailTransport>();
        Leave(portal, "0123456789abcdef0123456789abcdef");
        var other = Leave(portal, "fedcba9876543210fedcba9876543210");

        await transport.ForgetAsync(["0123456789abcdef0123456789abcdef"], default);

        Assert.Equal(other, Assert.Single(Directory.GetFileSystemEntries(portal.MailFolder)));
    }

    /// <summary>As a process leaves it that is killed before it renames.</summary>
    private static string Leave(TestPortal portal, string messageId)
    {
        var folder = Directory.CreateDirectory(Path.Combine(portal.MailFolder, $".writing-{messageId}-{Guid.NewGuid():N}")).FullName;
        File.WriteAllText(Path.Combine(folder, "half.eml"), "Your password is");
        return folder;
    }
}
