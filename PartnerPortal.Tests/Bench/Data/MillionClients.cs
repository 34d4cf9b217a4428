using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Clients;
using PartnerPortal.Identity;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Bench.Data;

/// <summary>
/// A SQLite file with the demo in it, whose integrator has a million clients, and a second partner with a thousand. The lines are always the same. Made anew for each
/// run, or kept in the folder that PORTAL_BENCH_DATA names.
/// </summary>
internal sealed class MillionClients : IAsyncDisposable
{
    public const int Many = 1_000_000;
    public const int Few = 1_000;

    /// <summary>In the texts of this many of the million.</summary>
    public const string InThousand = "zenith";

    /// <inheritdoc cref="InThousand"/>
    public const string InThreeHundredThousand = "example";

    private MillionClients(string file, TestPortal portal, Actor big, Actor small) => (File, Portal, Big, Small) = (file, portal, big, small);

    public string File { get; }

    /// <summary>The portal on that file, in this process, without workers.</summary>
    public TestPortal Portal { get; }

    /// <summary>The demo's integrator.</summary>
    public Actor Big { get; }

    public Actor Small { get; }

    /// <summary>A text that one line of the million has.</summary>
    public string InOne { get; } = Line.Of(654_321).Email[..^12];

    public static async Task<MillionClients> MakeAsync(BenchRun run, CancellationToken ct)
    {
        var kept = Environment.GetEnvironmentVariable("PORTAL_BENCH_DATA");
        var file = Path.Combine(kept ?? run.Folder, "million.db");
        if (!System.IO.File.Exists(file))
        {
            var unfinished = Path.Combine(run.Folder, "making.db");
            await MakeFileAsync(unfinished, ct);
            System.IO.File.Move(unfinished, file);
        }

        var portal = TestPortal.Open(file);
        var world = new World(portal);
        return new MillionClients(file, portal, await ActorAsync(Many), await ActorAsync(Few));

        async Task<Actor> ActorAsync(int atLeast)
        {
            var (account, user) = await portal.ReadAsync(async db =>
            {
                var partner = await db.ClientTallies.GroupBy(t => t.PartnerId).Select(g => new { g.Key, Sum = g.Sum(t => t.Count) }).Where(p => p.Sum >= atLeast).OrderBy(p => p.Sum).FirstAsync(ct);
                return (partner.Key, await db.Members.Where(m => m.AccountId == partner.Key).Select(m => m.UserId).FirstAsync(ct));
            });
            return await world.AgainAsync(new Actor(user, "", account, "", MemberRole.Admin));
        }
    }

    public ValueTask DisposeAsync() => Portal.DisposeAsync();

    private static async Task MakeFileAsync(string file, CancellationToken ct)
    {
        long big, small;
        await using (var portal = await TestPortal.StartAsync(settings: new() { ["Portal:Demo"] = "true" }))
        {
            small = (await new World(portal).IntegratorAsync("Small Partner")).AccountId!.Value;
            big = await portal.ReadAsync(db => (from u in db.Users join m in db.Members on u.Id equals m.UserId where u.Email == "integrator@demo.test" select m.AccountId).FirstAsync(ct));
            await using var from = new SqliteConnection(portal.ConnectionString);
            await from.OpenAsync(ct);
            await using var copy = new SqliteCommand("VACUUM INTO $file", from);
            copy.Parameters.AddWithValue("$file", file);
            await copy.ExecuteNonQueryAsync(ct);
        }

        await FastFile.FillAsync(file, ["ClientRecords", "ClientTags"], db => Insert(db, big, small), """
            INSERT INTO "ClientSearch" ("ClientSearch") VALUES ('rebuild');
            DELETE FROM "ClientTallies"; DELETE FROM "ClientTagTallies";
            INSERT INTO "ClientTallies" SELECT "PartnerId", "Status", 0, count(*) FROM "ClientRecords" GROUP BY 1, 2;
            INSERT INTO "ClientTagTallies" SELECT r."PartnerId", t."Name", 0, count(*) FROM "ClientTags" t JOIN "ClientRecords" r ON r."Id" = t."RecordId" GROUP BY 1, 2;
            """, ct);
    }

    private static void Insert(SqliteConnection db, long big, long small)
    {
        using var transaction = db.BeginTransaction();
        using var line = new SqliteCommand(
            """
            INSERT INTO "ClientRecords" ("PartnerId", "Status", "CameBy", "TypedName", "TypedEmail", "TypedNormalizedEmail", "TypedPhone", "Name", "Email", "NormalizedEmail", "Phone",
              "IsShared", "Language", "Since", "LastSeenAt", "Note", "SortName", "SearchText")
            VALUES ($partner, $status, $came, $name, $email, $email, $phone, $name, $email, $email, $phone, $shared, 'en', $since, $seen, '', $sort, $text)
            """,
            db, transaction);
        var names = new[] { "$partner", "$status", "$came", "$name", "$email", "$phone", "$shared", "$since", "$seen", "$sort", "$text" };
        var parameters = names.Select(n => line.Parameters.Add(new SqliteParameter(n, null))).ToArray();
        using var tag = new SqliteCommand("INSERT INTO \"ClientTags\" (\"RecordId\", \"Name\") VALUES (last_insert_rowid(), $name)", db, transaction);
        var tagName = tag.Parameters.Add(new SqliteParameter("$name", null));
        for (var i = 0; i < Many + Few; i++)
        {
            var made = Line.Of(i);
            object?[] values =
            [
                i < Many ? big : small, made.Status.ToString(), made.CameBy.ToString(), made.Name, made.Email, made.Phone, made.Status is ClientStatus.Active ? 1 : 0,
                made.Since, made.LastSeen, PartnerPortal.Shared.SearchText.Fold(made.Name), PartnerPortal.Shared.SearchText.Fold($"{made.Name} {made.Email} {made.Phone} {made.Tag}"),
            ];
            for (var p = 0; p < values.Length; p++)
            {
                parameters[p].Value = values[p] ?? DBNull.Value;
            }

            line.ExecuteNonQuery();
            if (made.Tag is { } name)
            {
                tagName.Value = name;
                tag.ExecuteNonQuery();
            }
        }

        transaction.Commit();
    }
}
