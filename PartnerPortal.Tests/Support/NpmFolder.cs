using System.Diagnostics;

namespace PartnerPortal.Tests.Support;

/// <summary>A test that runs packages of npm; skipped, with the reason, where npm is not.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NpmFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> WhyNot = new(() =>
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("npm", "--version") { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0 ? null : "npm does not run here (.ci/run installs it).";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "npm was not found (.ci/run installs it).";
        }
    });

    public NpmFactAttribute() => Skip = WhyNot.Value;

    /// <summary>Why npm cannot be used; null when it can.</summary>
    public static string? Missing => WhyNot.Value;
}

/// <summary>A copy of a folder of the repository with its packages installed as its lock file names them; installed once a run.</summary>
public sealed class NpmFolder
{
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static readonly Dictionary<string, string> Installed = [];
    private readonly string _path;

    private NpmFolder(string path) => _path = path;

    /// <param name="folder">From the root of the repository, with a package.json and its lock file.</param>
    public static async Task<NpmFolder> InstallAsync(string folder)
    {
        await Gate.WaitAsync();
        try
        {
            if (!Installed.TryGetValue(folder, out var path))
            {
                path = Directory.CreateTempSubdirectory("portal-npm-").FullName;
                AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(path, recursive: true);
                foreach (var file in Directory.EnumerateFiles(Path.Combine(Sources.Root, folder)))
                {
                    File.Copy(file, Path.Combine(path, Path.GetFileName(file)));
                }

                await RunAsync(path, "npm", ["ci", "--no-progress"], "");
                Installed[folder] = path;
            }

            return new NpmFolder(path);
        }
        finally
        {
            Gate.Release();
        }
    }

    public Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(_path, name), text);

    /// <summary>Runs a program in the folder; one that ends otherwise than with 0 fails the test with what it wrote.</summary>
    /// <returns>What it wrote.</returns>
    public Task<string> RunAsync(string program, IReadOnlyList<string> arguments, string input = "") => RunAsync(_path, program, arguments, input);

    private static async Task<string> RunAsync(string path, string program, IReadOnlyList<string> arguments, string input)
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = path, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var (written, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await written}\n{await errors}");
        return await written;
    }
}
