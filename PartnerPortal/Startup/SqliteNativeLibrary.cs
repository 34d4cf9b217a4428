using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace PartnerPortal.Startup;

/// <summary>
/// EF Core 10.0.14 asks for SQLitePCLRaw 2.1.13, but not every package feed serves more than 2.0.6. All members that are used exist in 2.0.6 (a test
/// checks it against the assemblies); the runtime refuses the lower version only by its number. This answers with the one that is there,
/// and prefers the system's patched SQLite to the bundled 3.35.5. It can go when 2.1.13 is on the feed: delete this file and the two package references.
/// </summary>
internal static class SqliteNativeLibrary
{
    private static int _prepared;

    /// <summary>To be called before the first use of SQLite. Must itself touch no type of it.</summary>
    public static void Prepare()
    {
        if (Interlocked.Exchange(ref _prepared, 1) == 1)
        {
            return;
        }

        AssemblyLoadContext.Default.Resolving += (context, name) =>
            name.Name == "SQLitePCLRaw.core" && name.Version is { Major: 2, Minor: > 0 }
                ? context.LoadFromAssemblyName(new AssemblyName("SQLitePCLRaw.core"))
                : null;
        NativeLibrary.SetDllImportResolver(Assembly.Load("SQLitePCLRaw.provider.e_sqlite3"), (library, assembly, path) =>
            library == "e_sqlite3" && NativeLibrary.TryLoad("libsqlite3.so.0", assembly, path, out var handle) ? handle : IntPtr.Zero);
    }
}
