using System.Diagnostics;

namespace PartnerPortal.Tests.Browser;

/// <summary>Finds an installed Chromium or Chrome, and installs one where that is possible without asking.</summary>
internal static class Chromium
{
    /// <summary>First the one that has no window to draw: walks through all pages take it a third of the time.</summary>
    private static readonly string[] Names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

    private static readonly string[] UsualPlaces =
    [
        "/usr/bin", "/usr/local/bin", "/snap/bin", "/opt/google/chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium", @"C:\Program Files\Google\Chrome\Application\chrome.exe", @"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    ];

    /// <summary>Without a sandbox, since tests often run as root in a container; and without what a browser says to its maker.</summary>
    public static readonly IReadOnlyList<string> Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    ];

    /// <exception cref="InvalidOperationException">There is none, with what to do.</exception>
    public static string Path()
    {
        if (Environment.GetEnvironmentVariable("PORTAL_TEST_BROWSER") is { Length: > 0 } named)
        {
            return named;
        }

        return Installed() ?? (TryInstall() ? Installed() : null) ?? throw new InvalidOperationException(
            "The browser tests need Chromium or Chrome, and none was found. Install one (Debian and Ubuntu: sudo apt-get install chromium; macOS: brew install --cask chromium; "
            + "Windows: winget install Google.Chrome) or set PORTAL_TEST_BROWSER to its path.");
    }

    private static string? Installed()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator).Concat(UsualPlaces);
        return folders.SelectMany(f => Names.Select(n => System.IO.Path.Combine(f, n))).Concat(UsualPlaces).FirstOrDefault(File.Exists);
    }

    private static bool TryInstall() =>
        OperatingSystem.IsLinux() && Environment.UserName == "root" && File.Exists("/usr/bin/apt-get")
        && Run("/usr/bin/apt-get", "update", "-qq") && (Install("chromium-headless-shell") || Install("chromium"));

    private static bool Install(string package) => Run("/usr/bin/apt-get", "install", "-y", "-qq", "--no-install-recommends", package);

    private static bool Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true };
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
