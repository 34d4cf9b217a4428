using System.Diagnostics;

namespace PartnerPortal.Tests.Support;

/// <summary>Reads a QR code from a picture, as a phone would.</summary>
public static class QrScanner
{
    /// <param name="image">A PNG or PNM file's bytes.</param>
    /// <param name="ending">The file's ending, without the dot.</param>
    public static async Task<string> ReadAsync(byte[] image, string ending)
    {
        var file = Path.Combine(Path.GetTempPath(), $"qr-{Guid.NewGuid():N}.{ending}");
        await File.WriteAllBytesAsync(file, image);
        try
        {
            using var process = Process.Start(new ProcessStartInfo("zbarimg", ["--quiet", "--raw", file]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var read = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return read.TrimEnd('\n');
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Fail("zbarimg was not found. Install it (Debian: apt-get install zbar-tools; macOS: brew install zbar), or run .ci/run, which does.");
            throw;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
