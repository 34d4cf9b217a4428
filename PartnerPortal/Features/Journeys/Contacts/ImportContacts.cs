using PartnerPortal.Data;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Contacts;

/// <summary>A file that runs.</summary>
/// <param name="Told">Is called after each part with the lines that are done.</param>
/// <param name="Stop">Ends it after the part that runs; what was done until then stays, and is said.</param>
public sealed record ContactRun(ContactImport Import, Func<int, Task> Told, CancellationToken Stop);

/// <summary>
/// Invites or creates the contacts of a file, in parts of one transaction each: others get to write between them. Whom the partner asked before, whatever came of it, is passed over,
/// so that the same file again changes nothing, and goes on where it was cut off.
/// </summary>
public sealed class ImportContacts(PortalDb portal, ProgramSettingsSource settings)
{
    /// <summary>Lines in one transaction: some tenths of a second on SQLite, whose other writers wait for it.</summary>
    public const int Part = 500;

    public async Task<Result<ContactReport>> ExecuteAsync(ContactRun request, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: not null, IsPartner: true, MaySell: true })
        {
            return new NotAllowed();
        }

        if (!actor.IsActivePartner || request.Import.Check() is not null)
        {
            return !actor.IsActivePartner ? new PartnerIsSuspended() : request.Import.Check()!;
        }

        var program = await settings.GetAsync(ct);
        var judge = ContactJudge.Read(request.Import, program);
        var tag = TagName.Tidy(request.Import.Tag) is { Length: > 0 } typed ? typed : null;
        foreach (var part in judge.Candidates.Chunk(Part).TakeWhile(_ => !request.Stop.IsCancellationRequested))
        {
            tag = await AskAsync(part, judge, tag, request.Import, program, actor, ct);
            await request.Told(part[^1].At + 1);
        }

        return new ContactReport(judge.Findings, tag);
    }

    /// <returns>The tag in the spelling that the list uses.</returns>
    private async Task<string?> AskAsync(
        ContactCandidate[] part, ContactJudge judge, string? tag, ContactImport import, ProgramSettings program, Actor actor, CancellationToken ct)
    {
        var partnerId = actor.AccountId!.Value;
        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.ClientList, partnerId, ct);
        tag = tag is null ? null : await TagName.SpellingAsync(work, partnerId, tag, ct);
        var asking = new Asking(partnerId, actor, work.Now.AddDays(program.LapseAfterDays));
        var verdicts = await ContactJudge.HoldAsync(work.Db, partnerId, part, ct);
        Invitee[] invitees = [.. verdicts.Where(v => v.Verdict is ContactVerdict.New).Select(v => v.Candidate.Who)];
        if (invitees.Length > 0)
        {
            await InvitationBook.AskManyAsync(work, import.Kind, invitees, asking, tag, ct);
            // One signal for all: an open list looks itself up as a whole.
            work.Signal(ClientList.ChannelOf(partnerId));
            work.Signal(ProvisionInvitations.Signal);
            await work.CommitAsync(ct);
        }

        foreach (var (candidate, verdict) in verdicts)
        {
            judge.Findings[candidate.At] = judge.Findings[candidate.At] with { Verdict = verdict };
        }

        return tag;
    }
}
