using PartnerPortal.Tests.Bench.Circuits;

namespace PartnerPortal.Tests.Bench.Servers;

/// <summary>
/// What the portal is held against: the SDK's Blazor template as <c>dotnet new</c> makes it, every page interactive on the server, published and in Production. Two things are changed,
/// both as in the portal: WebSocket compression is off, and the client script is not asked of a package that not every feed serves.
/// </summary>
internal sealed class BareTemplate : IAsyncDisposable
{
    public const string Counter = "/counter";
    private const string Name = "BareBlazor";
    private const string Mode = ".AddInteractiveServerRenderMode()";
    private static readonly Dictionary<string, string> NoSettings = [];

    private BareTemplate(string assembly, ServerProcess server) => (Assembly, Server) = (assembly, server);

    /// <summary>To start further ones.</summary>
    public string Assembly { get; }

    public ServerProcess Server { get; private set; }

    public static async Task<BareTemplate> StartAsync(BenchRun run, CancellationToken ct)
    {
        var folder = Directory.CreateDirectory(Path.Combine(run.Folder, "template")).FullName;
        foreach (var file in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
        {
            // Whatever stands above the folder is not its own.
            await File.WriteAllTextAsync(Path.Combine(folder, file), "<Project />", ct);
        }

        await DotnetCommand.RunAsync(folder, ct, "new", "blazor", "--interactivity", "Server", "--all-interactive", "--no-restore", "--name", Name, "--output", "app");
        await ChangeAsync(Path.Combine(folder, "app", "Program.cs"), Mode, ".AddInteractiveServerRenderMode(options => options.DisableWebSocketCompression = true)", ct);
        await ChangeAsync(Path.Combine(folder, "app", Name + ".csproj"), "<Nullable>", "<RequiresAspNetWebAssets>false</RequiresAspNetWebAssets>\n    <Nullable>", ct);
        await DotnetCommand.RunAsync(folder, ct, "publish", "app", "--configuration", "Release", "--output", "published", "--verbosity", "quiet");
        var assembly = Path.Combine(folder, "published", Name + ".dll");
        return new BareTemplate(assembly, await LaunchAsync(assembly));
    }

    public static Task<ServerProcess> LaunchAsync(string assembly) => ServerProcess.StartAsync(assembly, "Production", NoSettings);

    /// <summary>A process that has served nothing yet.</summary>
    public async Task RestartAsync()
    {
        await Server.DisposeAsync();
        Server = await LaunchAsync(Assembly);
    }

    public PageSide Page(HttpMessageInvoker http) => new(http, new Uri(Server.Address, Counter), null, batch => batch.Contains("Current count"u8), Negotiates: true);

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private static async Task ChangeAsync(string file, string what, string to, CancellationToken ct)
    {
        var text = await File.ReadAllTextAsync(file, ct);
        if (!text.Contains(what, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"The template's {Path.GetFileName(file)} has no {what} any more.");
        }

        await File.WriteAllTextAsync(file, text.Replace(what, to, StringComparison.Ordinal), ct);
    }
}
