using System.Runtime.CompilerServices;

namespace PartnerPortal.Tests.Support;

/// <summary>The files of the repository, for tests that read what people write.</summary>
public static class Sources
{
    /// <summary>The repository's root, found from where this file was compiled, or upwards from the tests' assembly.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>What people write: no build output, no generated migrations. Paths are relative to the root, with slashes.</summary>
    /// <param name="folder">A folder below the root.</param>
    /// <param name="extensions">With their dots.</param>
    public static IReadOnlyList<string> Files(string folder, params string[] extensions) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
            .Where(f => extensions.Contains(Path.GetExtension(f), StringComparer.Ordinal))
            .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
            .Where(f => !f.Contains("/bin/", StringComparison.Ordinal) && !f.Contains("/obj/", StringComparison.Ordinal)
                && !f.Contains("/wwwroot/", StringComparison.Ordinal) && !f.Contains("/Migrations/", StringComparison.Ordinal)
                && !f.Contains("/App_Data/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string FindRoot([CallerFilePath] string self = "")
    {
        foreach (var start in new[] { Path.GetDirectoryName(self)!, AppContext.BaseDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "PartnerPortal.sln")))
                {
                    return folder.FullName;
                }
            }
        }

        throw new InvalidOperationException("PartnerPortal.sln is nowhere above the tests.");
    }
}
