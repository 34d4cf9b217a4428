using System.Diagnostics;
using System.Globalization;
using System.Text;
using PartnerPortal.Features.Journeys.Contacts;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Bench.Data;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Bench.Lists;

/// <summary>A file of 10,000 contacts, read and invited, each with a tag; and the longest that others had to wait for it to let them write.</summary>
internal static class ImportBench
{
    public static async Task RunAsync(BenchRun run, CancellationToken ct)
    {
        await using var portal = await TestPortal.StartAsync();
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        var (all, parts, check) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < 3; round++)
        {
            var text = "Name,E-mail,Phone\n" + string.Join('\n', Enumerable.Range(round * ContactFile.Most, ContactFile.Most).Select(Line.Of).Select(l => $"{l.Name},{l.Email},{l.Phone}"));
            var bytes = Encoding.UTF8.GetBytes(text);
            var start = Stopwatch.GetTimestamp();
            var file = (await ContactFile.OpenAsync(bytes, ct)).Value;
            var import = new ContactImport(file, ContactColumns.Of(file).Columns, InvitationKind.Mailed, "en", "Bench");
            await portal.CallAsync<CheckContacts, Result<ContactReport>>(c => c.ExecuteAsync(import, partner, ct));
            check.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);

            start = Stopwatch.GetTimestamp();
            var part = start;
            var report = await portal.CallAsync<ImportContacts, Result<ContactReport>>(c => c.ExecuteAsync(new ContactRun(import, Told, ct), partner, ct));
            all.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            if (!report.Ok || report.Value.CountOf(ContactVerdict.New) != ContactFile.Most)
            {
                throw new InvalidOperationException("Not all contacts were invited.");
            }

            Task Told(int lines)
            {
                parts.Add(Stopwatch.GetElapsedTime(part).TotalMilliseconds);
                part = Stopwatch.GetTimestamp();
                return Task.CompletedTask;
            }
        }

        var count = ContactFile.Most.ToString("N0", CultureInfo.InvariantCulture);
        run.Figure($"{count} contacts of a file looked at", "s", BenchFigures.Median(check), 5);
        run.Figure($"{count} contacts of a file invited", "s", BenchFigures.Median(all), 5);
        run.Figure($"one part of {ImportContacts.Part}, the longest of {parts.Count}", "ms", parts.Max(), 1000);
    }
}
