using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Startup;
using PartnerPortal.Startup.Commands;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Startup;

public sealed class CommandTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Backup_WhileWritesGoOn_IsWholeAndComesBack()
    {
        using var folder = new Folder();
        var (copy, target) = (folder.File("copy.db"), folder.File("restored.db"));
        await using (var portal = await TestPortal.StartAsync())
        {
            var world = new World(portal);
            await world.PersonAsync("Before Backup");
            using var stop = new CancellationTokenSource();
            var writes = Task.Run(async () =>
            {
                for (var i = 0; !stop.IsCancellationRequested; i++)
                {
                    await world.PersonAsync($"Writer {i}");
                }
            });

            for (var i = 0; i < 5; i++)
            {
                Assert.Null(SqliteFiles.Backup(portal.ConnectionString, copy));
            }

            await stop.CancelAsync();
            await writes;
            Assert.Contains("is using", SqliteFiles.Restore(copy, new SqliteConnectionStringBuilder(portal.ConnectionString).DataSource, Now).Problem, StringComparison.Ordinal);
        }

        Assert.Equal((null, null), SqliteFiles.Restore(copy, target, Now));
        Assert.Equal("1", Ask(target, "SELECT count(*) FROM AspNetUsers WHERE FullName = 'Before Backup'"));
        Assert.Equal(Ask(target, "SELECT count(*) FROM AspNetUsers"), Ask(target, "SELECT count(*) FROM Members"));

        var (problem, kept) = SqliteFiles.Restore(copy, target, Now);
        Assert.Null(problem);
        Assert.EndsWith(".replaced-20261120-100000", kept, StringComparison.Ordinal);
        Assert.True(File.Exists(kept));
    }

    [Fact]
    public async Task Restore_DamagedOrForeignFile_IsRefusedAndNothingChanges()
    {
        using var folder = new Folder();
        var (good, bad, target) = (folder.File("good.db"), folder.File("bad.db"), folder.File("portal.db"));
        await using (var portal = await TestPortal.StartAsync())
        {
            await new World(portal).PersonAsync("Somebody");
            Assert.Null(SqliteFiles.Backup(portal.ConnectionString, good));
        }

        SqliteFiles.Restore(good, target, Now);
        var before = await File.ReadAllBytesAsync(target);
        var bytes = await File.ReadAllBytesAsync(good);
        Array.Fill<byte>(bytes, 0xAB, 4096, bytes.Length - 8192);
        await File.WriteAllBytesAsync(bad, bytes);
        Assert.Contains("damaged", SqliteFiles.Restore(bad, target, Now).Problem, StringComparison.Ordinal);
        await File.WriteAllTextAsync(bad, "not a database at all");
        Assert.Contains("damaged", SqliteFiles.Restore(bad, target, Now).Problem, StringComparison.Ordinal);
        File.Delete(bad);
        Ask(bad, "CREATE TABLE Other(Id INTEGER)");
        Assert.Contains("not a database of this portal", SqliteFiles.Restore(bad, target, Now).Problem, StringComparison.Ordinal);
        Assert.Contains("There is no file", SqliteFiles.Restore(folder.File("none.db"), target, Now).Problem, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(target));
    }

    [Theory]
    [InlineData("--urls")]
    [InlineData("Portal:Demo=true")]
    [InlineData(null)]
    public void Find_NoCommand_Serves(string? first) => Assert.Null(PortalCommands.Find(first is null ? [] : [first]));

    [Fact]
    public async Task Find_UnknownCommand_AnswersTwo()
    {
        var command = PortalCommands.Find(["bakcup"]);
        Assert.Equal(ExitCodes.Usage, await command!.RunAsync(null!, ["bakcup"]));
    }

    private static string Ask(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture) ?? "";
    }

    private sealed class Folder : IDisposable
    {
        private readonly string _path = Directory.CreateTempSubdirectory("portal-commands-").FullName;

        public string File(string name) => Path.Combine(_path, name);

        public void Dispose() => Directory.Delete(_path, recursive: true);
    }
}
