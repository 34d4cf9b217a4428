using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using PartnerPortal.Startup;

namespace PartnerPortal.Tests.Support;

/// <summary>
/// bUnit asks for a newer AngleSharp.Diffing than every package feed serves. All members that it uses exist in 0.17.0; the runtime refuses only the number.
/// Can go, with the reference in the project, when the newer one is on the feed.
/// </summary>
internal static class PackageFallbacks
{
    [ModuleInitializer]
    internal static void Prepare()
    {
        SqliteNativeLibrary.Prepare();
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            name is { Name: "AngleSharp.Diffing", Version: not null }
                ? context.LoadFromAssemblyName(new AssemblyName("AngleSharp.Diffing"))
                : null;
    }
}
