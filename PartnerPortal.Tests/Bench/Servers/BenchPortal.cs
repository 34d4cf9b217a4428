using PartnerPortal.Shared;
using PartnerPortal.Startup;
using PartnerPortal.Tests.Bench.Circuits;
using PartnerPortal.Tests.Bench.Data;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Bench.Servers;

/// <summary>The portal as it is served in earnest: published, in Production with its default logging and workers, on the million's file.</summary>
internal sealed class BenchPortal : IAsyncDisposable
{
    private readonly string _file;
    private readonly string _mail;

    private BenchPortal(string assembly, string file, string mail, ServerProcess server) => (Assembly, _file, _mail, Server) = (assembly, file, mail, server);

    /// <summary>To start further ones.</summary>
    public string Assembly { get; }

    public ServerProcess Server { get; private set; }

    /// <summary>The Cookie header of the integrator, after <see cref="SignInAsync"/>. Its keys are in the database, so it outlives the process.</summary>
    public string? Cookie { get; private set; }

    /// <param name="run">Its folder takes the published files.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<BenchPortal> StartAsync(BenchRun run, CancellationToken ct)
    {
        var folder = Path.Combine(run.Folder, "portal");
        await DotnetCommand.RunAsync(Sources.Root, ct, "publish", "PartnerPortal/PartnerPortal.csproj", "--configuration", "Release", "--output", folder, "--verbosity", "quiet");
        var assembly = Path.Combine(folder, "PartnerPortal.dll");
        var mail = Directory.CreateDirectory(Path.Combine(run.Folder, "mail")).FullName;
        var file = (await run.SharedAsync(() => MillionClients.MakeAsync(run, ct))).File;
        return new BenchPortal(assembly, file, mail, await LaunchAsync(assembly, file, mail));
    }

    public static Dictionary<string, string> Settings(string file, string mail) => new()
    {
        ["Database:File"] = file,
        ["Portal:PublicUrl"] = "https://portal.test",
        ["Mail:Transport"] = "Folder",
        ["Mail:Folder"] = mail,
    };

    /// <summary>Another process on the same database.</summary>
    public Task<ServerProcess> LaunchAsync() => LaunchAsync(Assembly, _file, _mail);

    /// <summary>A process that has served nothing yet.</summary>
    public async Task RestartAsync()
    {
        await Server.DisposeAsync();
        Server = await LaunchAsync();
    }

    public async Task SignInAsync(HttpMessageInvoker http, CancellationToken ct)
    {
        if (Cookie is null)
        {
            var form = await SignInForm.OpenAsync(http, Server.Address, ct);
            Cookie = await form.SendAsync(http, DemoAccounts.Integrator, DemoAccounts.Password, ct);
        }
    }

    /// <summary>"My clients", there when a whole page of lines is.</summary>
    public PageSide Page(HttpMessageInvoker http) => new(http, new Uri(Server.Address, PortalUrls.Clients), Cookie, ShownLines.AreWhole, Negotiates: false);

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private static Task<ServerProcess> LaunchAsync(string assembly, string file, string mail) => ServerProcess.StartAsync(assembly, "Production", Settings(file, mail));
}
