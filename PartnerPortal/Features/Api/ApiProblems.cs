using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Journeys.Products;
using PartnerPortal.Features.Journeys.Security;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Features.Webhooks;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Api;

/// <summary>The problems of the whole API; those of purchases stand with them.</summary>
internal static class ApiProblems
{
    /// <summary>The same for what is nobody's and for what is another's.</summary>
    public static readonly ApiProblem NotFound = ApiProblem.Of("not-found", 404, "There is nothing with that id", "Nothing with that id is yours to read.");

    public static readonly ApiProblem NoSuchOperation = ApiProblem.Of("no-such-operation", 404, "There is no such operation", "No operation has that address and method; see /openapi/v1.json.");

    public static readonly ApiProblem IfMatchMissing =
        ApiProblem.Of("if-match-missing", 428, "Say which version you change", "Send If-Match with the ETag of the answer that you have read, or * to change it whatever it says.");

    public static readonly ApiProblem ChangedMeanwhile = ApiProblem.Of("changed-meanwhile", 412, "It has changed since", "Read it again, decide again, and send the new ETag.");

    public static readonly ApiProblem KeyInvalid =
        ApiProblem.Of("key-too-long", 422, "The request cannot be recorded", $"The Idempotency-Key must have 1 to {IdempotentRequest.KeyLength} characters.", "key");

    public static readonly ApiProblem Internal = ApiProblem.Of("internal", 500, "Something went wrong here", "The request may be sent again, with the same Idempotency-Key if it had one.");

    public static readonly ApiProblem SaidNo =
        ApiProblem.Of("declined-before", 409, "The address has declined", "Nobody was invited: this address declined, left, or wants no invitations of yours, and who said No is not asked again by mail.", "email");

    /// <param name="seconds">Until it may go on.</param>
    public static ApiProblem TooMany(int seconds) => ApiProblem.Of("rate-limited", 429, "Too many requests", $"The key has asked as often as it may in a minute. Go on in {seconds} seconds.");

    /// <summary>Tells an expected failure of a use case.</summary>
    public static ApiProblem From(Error error) => error switch
    {
        KeyExpired => ApiProblem.Of("key-expired", 401, "The key has expired", "Its time is over. Make a new key."),
        NoSuchClient or NoSuchInvitation or NoSuchEndpoint or NoSuchDelivery => NotFound,
        ClientChangedMeanwhile or EndpointChangedMeanwhile => ChangedMeanwhile,
        PartnerIsSuspended => ApiProblem.Of("partner-inactive", 403, "The partner is not active", "A partner that is suspended or closed invites and creates nobody. It may read what is its own."),
        NoteTooLong or ClientNoteTooLong => Invalid("note-too-long", $"The note is longer than {ChangeClientNote.MaxLength} characters.", "note"),
        TagMissing => Invalid("tag-empty", "A tag is empty.", "tags"),
        TagTooLong limit => Invalid("tag-too-long", $"A tag is longer than {limit.Limit} characters.", "tags"),
        TooManyTags limit => Invalid("too-many-tags", $"A client bears at most {limit.Limit} tags.", "tags"),
        ClientNameMissing or NameMissing => Invalid("name-missing", "The name is empty.", "name"),
        ClientNameTooLong => Invalid("name-too-long", "The name is longer than 200 characters.", "name"),
        ClientEmailWrong or EmailWrong or InviteAddressesWrong => Invalid("email-invalid", "The e-mail address cannot be one.", "email"),
        ClientPhoneWrong => Invalid("phone-invalid", "The phone number cannot be read. Write it with its country code, such as +491701234567, or name the country.", "phone"),
        AlreadyInList known => ApiProblem.Of("already-in-list", 409, "The client is in your list already", $"See /api/v1/clients/{ApiIds.Write(ApiIds.Client, known.RecordId)}.", "email"),
        ClientSaidNo => SaidNo,
        AlreadyAnswered => ApiProblem.Of("already-answered", 409, "The invitation was answered", "What was answered cannot be taken back."),
        PartnerChangedMeanwhile => ApiProblem.Of(
            "partner-changed", 409, "The form named another partner, or none", "By what the person brought, another partner comes first. Ask /api/v1/lookup with the same clues, show whom it names and what it will see, and send its code as agreedCode.", "agreedCode"),
        WordingUnknown => Invalid("wording-unknown", "There was never such a version of the consent's wording.", "wording"),
        SignInDisabled => ApiProblem.Of("account-disabled", 409, "The account is disabled", "Somebody of this address has an account that staff disabled."),
        UrlRefused refused => Refused(refused.Problem),
        DescriptionTooLong limit => Invalid("name-too-long", $"The name is longer than {limit.Limit} characters.", "name"),
        NoKinds => Invalid("events-missing", "No event is chosen. Leave events out, or send an asterisk alone, to be told of all.", "events"),
        EventUnknown unknown => Invalid("event-unknown", $"No webhook of yours is told of {unknown.Kind}.", "events"),
        TooManyEndpoints limit => ApiProblem.Of("too-many-webhooks", 409, "There are too many webhooks", $"There may be {limit.Limit}. Delete one first."),
        EndpointNotCalled => ApiProblem.Of("webhook-paused", 409, "The webhook is not called", "It is paused, failing or gone. Change paused to false first, then send again."),
        _ => ApiProblem.From(error),
    };

    private static ApiProblem Refused(UrlProblem problem) => problem switch
    {
        UrlProblem.Missing => Invalid("url-missing", "The address is empty.", "url"),
        UrlProblem.TooLong => Invalid("url-too-long", $"The address is longer than {WebhookEndpoint.UrlLength} characters.", "url"),
        UrlProblem.NotAnAddress => Invalid("url-invalid", "It is no whole http or https address, or it has a name, a password or a part after #.", "url"),
        UrlProblem.NotHttps => Invalid("url-not-https", "The address must begin with https.", "url"),
        UrlProblem.Private => Invalid("url-private", "The address is in a private network, where webhooks do not go.", "url"),
    };

    private static ApiProblem Invalid(string type, string detail, string member) => ApiProblem.Of(type, 422, "The request cannot be carried out", detail, member);
}
