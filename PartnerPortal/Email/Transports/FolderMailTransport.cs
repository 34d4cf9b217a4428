using System.Globalization;
using System.Net.Mail;
using Microsoft.Extensions.Options;
using PartnerPortal.Startup;

namespace PartnerPortal.Email.Transports;

/// <summary>
/// Writes each mail as a complete .eml file, for Development and for those who pick mail up from a folder. A reader never sees half a file: it is written aside
/// and renamed. A message that is sent again takes its own name again. What a killed process left aside is deleted by <see cref="TidyAsync"/>.
/// </summary>
public sealed class FolderMailTransport(IOptions<MailOptions> options, IHostEnvironment environment, TimeProvider clock) : IMailTransport
{
    /// <summary>How the name of a folder begins in which a mail is written; the message's id and a number of its own follow.</summary>
    private const string Aside = ".writing-";

    /// <summary>Nobody writes one mail for so long.</summary>
    private static readonly TimeSpan Left = TimeSpan.FromMinutes(10);

    private string Folder => Path.GetFullPath(options.Value.Folder, environment.ContentRootPath);

    public async Task SendAsync(MailEnvelope mail, CancellationToken ct)
    {
        using var message = MailComposer.Compose(mail);
        var name = string.Create(CultureInfo.InvariantCulture, $"{mail.WrittenAt:yyyyMMdd-HHmmss}-{mail.MessageId}.eml");
        var aside = Path.Combine(Folder, $"{Aside}{mail.MessageId}-{Guid.NewGuid():N}");
        try
        {
            CreatePrivate(Folder);
            CreatePrivate(aside);
            await WriteAsync(message, MailComposer.Format(mail), aside, ct);
            var written = Directory.GetFiles(aside).Single();
            await FlushAsync(written, ct);
            File.Move(written, Path.Combine(Folder, name), overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SmtpException)
        {
            throw new MailNotSentException($"The mail folder cannot be written to: {(error.InnerException as IOException ?? error).Message}", isFinal: false, error);
        }
        finally
        {
            Delete(aside);
        }
    }

    public Task ForgetAsync(IReadOnlyCollection<string> messageIds, CancellationToken ct)
    {
        // The folder may hold years of mail: it is looked through once.
        var ids = messageIds.ToHashSet(StringComparer.Ordinal);
        foreach (var file in Directory.Exists(Folder) ? Directory.EnumerateFiles(Folder, "*-*.eml").Where(f => ids.Contains(Path.GetFileNameWithoutExtension(f).Split('-')[^1])).ToList() : [])
        {
            File.Delete(file);
        }

        foreach (var folder in Asides().Where(f => ids.Contains(Path.GetFileName(f)[Aside.Length..].Split('-')[0])))
        {
            Delete(folder);
        }

        return Task.CompletedTask;
    }

    public Task TidyAsync(CancellationToken ct)
    {
        var before = clock.GetUtcNow().UtcDateTime - Left;
        foreach (var folder in Asides().Where(f => Directory.GetLastWriteTimeUtc(f) < before))
        {
            Delete(folder);
        }

        return Task.CompletedTask;
    }

    private List<string> Asides() => Directory.Exists(Folder) ? [.. Directory.EnumerateDirectories(Folder, Aside + "*")] : [];

    /// <summary>Another node, or whoever wrote it after all, may have deleted it in between.</summary>
    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Gone is what was wanted.
        }
    }

    private static async Task WriteAsync(MailMessage message, SmtpDeliveryFormat format, string folder, CancellationToken ct)
    {
        using var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = folder, DeliveryFormat = format };
        await client.SendMailAsync(message, ct);
    }

    /// <summary>On the disk before it counts as sent.</summary>
    private static async Task FlushAsync(string file, CancellationToken ct)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        await stream.FlushAsync(ct);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Mail holds one-time passwords: others on the machine do not read it.</summary>
    private static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
