using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Architecture;

/// <summary>
/// Some packages are held at a lower version than those that use them ask for, since not every feed serves the newer one. That works as long as every
/// member that is used exists in the version that is there; this looks at each, so that an update cannot break it unseen.
/// </summary>
public sealed class PackageMembersTests
{
    [Theory]
    [InlineData("Microsoft.Data.Sqlite")]
    [InlineData("Microsoft.EntityFrameworkCore.Sqlite")]
    [InlineData("SQLitePCLRaw.batteries_v2")]
    public void SQLitePCLRaw_HasWhatIsUsed(string user)
    {
        // Loading an extension into SQLite: the portal never does.
        Findings.None(Missing(user, "SQLitePCLRaw").Except(["SQLitePCL.raw.sqlite3_load_extension"]));
    }

    [Fact]
    public void SQLitePCLRaw_IsUsedAtAll() => Assert.NotEmpty(MembersOf("Microsoft.Data.Sqlite", "SQLitePCLRaw"));

    [Fact]
    public void AngleSharpDiffing_HasWhatBunitUses()
    {
        Assert.NotEmpty(MembersOf("bunit", "AngleSharp.Diffing"));
        Findings.None(Missing("bunit", "AngleSharp.Diffing"));
    }

    private static List<string> Missing(string user, string package)
    {
        var module = Assembly.Load(user).ManifestModule;
        var missing = new List<string>();
        foreach (var (name, token) in MembersOf(user, package))
        {
            try
            {
                module.ResolveMember(token);
            }
            catch (Exception error) when (error is MissingMemberException or TypeLoadException or ArgumentException)
            {
                missing.Add(name);
            }
        }

        return missing;
    }

    /// <summary>The members of a package that an assembly refers to, with their tokens.</summary>
    private static List<(string Name, int Token)> MembersOf(string user, string package)
    {
        using var pe = new PEReader(File.OpenRead(Assembly.Load(user).Location));
        var metadata = pe.GetMetadataReader();
        var members = new List<(string, int)>();
        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            if (member.Parent.Kind is HandleKind.TypeReference
                && metadata.GetTypeReference((TypeReferenceHandle)member.Parent) is var type
                && ScopeOf(metadata, type) is { } scope && scope.StartsWith(package, StringComparison.Ordinal))
            {
                members.Add(($"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}.{metadata.GetString(member.Name)}", MetadataTokens.GetToken(handle)));
            }
        }

        return members;
    }

    private static string? ScopeOf(MetadataReader metadata, TypeReference type)
    {
        while (type.ResolutionScope.Kind is HandleKind.TypeReference)
        {
            type = metadata.GetTypeReference((TypeReferenceHandle)type.ResolutionScope);
        }

        return type.ResolutionScope.Kind is HandleKind.AssemblyReference
            ? metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name)
            : null;
    }
}
