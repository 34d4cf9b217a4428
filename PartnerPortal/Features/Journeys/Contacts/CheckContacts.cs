using PartnerPortal.Data;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Contacts;

/// <summary>Says what <see cref="ImportContacts"/> would do with each line of a file, and does nothing.</summary>
public sealed class CheckContacts(PortalDb portal, ProgramSettingsSource settings)
{
    public async Task<Result<ContactReport>> ExecuteAsync(ContactImport request, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } partnerId, IsPartner: true, MaySell: true })
        {
            return new NotAllowed();
        }

        if (!actor.IsActivePartner || request.Check() is not null)
        {
            return !actor.IsActivePartner ? new PartnerIsSuspended() : request.Check()!;
        }

        var judge = ContactJudge.Read(request, await settings.GetAsync(ct));
        await using var db = await portal.ReadAsync(ct);
        foreach (var part in judge.Candidates.Chunk(ImportContacts.Part))
        {
            var known = await InvitationBook.KnownAsync(db, partnerId, [.. part.Select(c => c.Who.Email.Normalized)], ct);
            foreach (var candidate in part)
            {
                judge.Findings[candidate.At] = judge.Findings[candidate.At] with { Verdict = ContactJudge.VerdictOf(known.GetValueOrDefault(candidate.Who.Email.Normalized)) };
            }
        }

        return new ContactReport(judge.Findings, TagName.Tidy(request.Tag) is { Length: > 0 } tag ? tag : null);
    }
}
