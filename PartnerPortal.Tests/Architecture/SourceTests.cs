using System.Text.RegularExpressions;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Architecture;

/// <summary>What the style asks of files and names.</summary>
public sealed partial class SourceTests
{
    private static readonly string[] Forbidden = ["Manager", "Helper", "Helpers", "Util", "Utils", "Dto", "Impl", "Base"];

    /// <summary>The framework finds a tag helper by this ending.</summary>
    private static readonly string[] AllowedNames = ["FormFieldTagHelper"];

    [Fact]
    public void Files_HaveAtMost400Lines()
    {
        var tooLong = WrittenFiles().Select(f => (f, Lines: File.ReadLines(Path.Combine(Sources.Root, f)).Count())).Where(x => x.Lines > 400).Select(x => $"{x.f}: {x.Lines}");

        Findings.None(tooLong);
    }

    [Fact]
    public void Program_HasFewerThan40Lines() => Assert.InRange(File.ReadLines(Path.Combine(Sources.Root, "PartnerPortal/Program.cs")).Count(), 1, 39);

    [Fact]
    public void Types_AreNamedAfterWhatTheyAre()
    {
        var misnamed = typeof(Program).Assembly.GetTypes().Concat(typeof(SourceTests).Assembly.GetTypes())
            .Where(t => (PortalTypes.IsOurs(t) || t.Assembly == typeof(SourceTests).Assembly) && !t.Name.StartsWith('<'))
            .Select(t => t.Name.Split('`')[0])
            .Where(n => Forbidden.Any(f => n.EndsWith(f, StringComparison.Ordinal)) && !AllowedNames.Contains(n));

        Findings.None(misnamed);
    }

    [Fact]
    public void Namespaces_AreFolders()
    {
        var astray = Sources.Files("PartnerPortal", ".cs").Concat(Sources.Files("PartnerPortal.Tests", ".cs"))
            .Select(f => (File: f, Written: Namespace().Match(Sources.Read(f)).Groups[1].Value, Folder: Path.GetDirectoryName(f)!.Replace('\\', '/').Replace('/', '.')))
            .Where(x => x.Written != x.Folder && x is not { File: "PartnerPortal/Program.cs", Written: "" })
            .Select(x => $"{x.File} says {x.Written}");

        Findings.None(astray);
    }

    /// <summary>The framework's own changes nothing in a live page here: the head is drawn with the page, and what is told to the browser is <c>DocumentTitle</c>.</summary>
    [Fact]
    public void Pages_SayTheirTitleInOneWay()
    {
        var pages = Sources.Files("PartnerPortal", ".razor").Where(f => Sources.Read(f).Contains("<PageTitle", StringComparison.Ordinal));

        Findings.None(pages);
    }

    [Fact]
    public void Code_AsksTheGivenClock()
    {
        var asking = Sources.Files("PartnerPortal", ".cs", ".razor", ".cshtml").Where(f => SystemClock().IsMatch(Sources.Read(f)));

        Findings.None(asking);
    }

    [Fact]
    public void Files_HoldNoUnfinishedWork()
    {
        var unfinished = WrittenFiles()
            .Where(f => !f.EndsWith("/SourceTests.cs", StringComparison.Ordinal) && Unfinished().IsMatch(Sources.Read(f)));

        Findings.None(unfinished);
    }

    private static IEnumerable<string> WrittenFiles() => new[] { "PartnerPortal", "PartnerPortal.Tests", "wwwroot-assets" }
        .SelectMany(folder => Sources.Files(folder, ".cs", ".razor", ".cshtml", ".css", ".js"));

    [GeneratedRegex(@"^namespace\s+([\w.]+)\s*;", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"\bDate(Time|TimeOffset)\.(Utc)?Now\b|DateTime\.Today\b")]
    private static partial Regex SystemClock();

    [GeneratedRegex(@"\bTODO\b|\bFIXME\b|NotImplementedException|[Cc]oming soon|\bThread\.Sleep\b|\bTask\.Delay\(\d")]
    private static partial Regex Unfinished();
}
