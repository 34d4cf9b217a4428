using System.Globalization;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Api;

/// <summary><c>/api/v1/invitations</c>: a partner's system invites by mail, follows what became of it, and takes invitations back.</summary>
internal static class InvitationsApiEndpoints
{
    private static readonly ApiProblem AlreadyClient = ApiProblem.Of("already-client", 409, "The address is in your list already", "Nobody was invited: your list shows that address as a client's.", "email");

    public static Task<IResult> List(HttpContext context, InvitationQueries invitations) => ApiEndpoint.AskAsync(context, async (query, actor, ct) =>
    {
        var view = query.Word<InvitationView>("state") ?? InvitationView.All;
        var (limit, cursor) = query.Page();
        return query.Problem is { } problem ? ApiEndpoint.Problem(problem) : ApiEndpoint.Page(query, await invitations.PageAsync(view, cursor, limit, actor, ct), Answer);
    });

    public static Task<IResult> One(string id, HttpContext context, InvitationQueries invitations) => ApiEndpoint.AskAsync(context, async (query, actor, ct) =>
        query.Problem is { } problem ? ApiEndpoint.Problem(problem)
        : ApiIds.Read(ApiIds.Invitation, id) is { } key && await invitations.FindAsync(key, actor, ct) is { } row ? ApiEndpoint.Answer(context, Answer(row), VersionOf(row))
        : ApiEndpoint.Problem(ApiProblems.NotFound));

    public static Task<IResult> Create(HttpContext context, InviteByEmail invite, InvitationQueries invitations, ProgramSettingsSource settings) =>
        ApiEndpoint.ActAsync<InvitationBody>(context, b => b.Missing(), async (body, actor, ct) =>
        {
            var language = Languages.Nearest(body.Language ?? (await settings.GetAsync(ct)).DefaultLanguage);
            var invited = await invite.ExecuteAsync(new InviteRequest([body.Email!], language, ApiEndpoint.KeyOf(context)), actor, ct);
            if (!invited.Ok)
            {
                return ApiEndpoint.Problem(invited.Error!);
            }

            if (invited.Value.InvitationIds is not [var made])
            {
                return ApiEndpoint.Problem(invited.Value.Declined.Count > 0 ? ApiProblems.SaidNo : AlreadyClient);
            }

            var row = await invitations.FindAsync(made, actor, ct) ?? throw new InvalidOperationException("The invitation that was made just now is not found.");
            var answer = Answer(row);
            return ApiEndpoint.Created(context, !invited.Value.IsReplay, answer, $"{PortalUrls.ApiInvitations}/{answer.Id}", VersionOf(row));
        });

    /// <summary>Told twice, it answers the same.</summary>
    public static Task<IResult> Withdraw(string id, HttpContext context, WithdrawInvitation withdraw, InvitationQueries invitations) => ApiEndpoint.ActAsync(context, async (actor, ct) =>
    {
        if (ApiIds.Read(ApiIds.Invitation, id) is not { } key || await invitations.FindAsync(key, actor, ct) is not { } row)
        {
            return ApiEndpoint.Problem(ApiProblems.NotFound);
        }

        if (ApiEndpoint.IsOutdated(context, VersionOf(row)))
        {
            return ApiEndpoint.Problem(ApiProblems.ChangedMeanwhile);
        }

        if (row.State is not InvitationState.Withdrawn)
        {
            var done = await withdraw.ExecuteAsync(key, actor, ct);
            if (!done.Ok)
            {
                return ApiEndpoint.Problem(done.Error!);
            }

            row = await invitations.FindAsync(key, actor, ct) ?? row;
        }

        return ApiEndpoint.Answer(context, Answer(row), VersionOf(row));
    });

    private static string VersionOf(InvitationRow r) =>
        string.Create(CultureInfo.InvariantCulture, $"{r.State}-{r.Trace}-{r.Sendings}-{r.ExpiresAt.Ticks:x}-{r.Email.Length}").ToLowerInvariant();

    private static InvitationAnswer Answer(InvitationRow r) => new(
        ApiIds.Write(ApiIds.Invitation, r.Id), r.Email, r.Name, ApiProblem.Word(r.Kind.ToString()), ApiProblem.Word(r.State.ToString()), ApiTime.Write(r.CreatedAt), ApiTime.Write(r.SentAt), ApiTime.Write(r.AnsweredAt),
        ApiTime.Write(r.ExpiresAt), r.Sendings, r.Trace is InvitationTrace.None ? null : ApiProblem.Word(r.Trace.ToString()));
}
