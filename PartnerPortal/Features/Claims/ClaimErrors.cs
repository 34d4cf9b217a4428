using PartnerPortal.Shared;

namespace PartnerPortal.Features.Claims;

/// <summary>A file as it was chosen.</summary>
public sealed record NewFile(string Name, byte[] Bytes);

/// <summary>What the forms of both sides send; errors name its fields.</summary>
/// <param name="Client">E-mail address or domain; empty in an answer.</param>
/// <param name="Words">Why, in one's own words.</param>
/// <param name="Files">At most <see cref="EvidenceFile.Most"/>.</param>
public sealed record ClaimForm(string Client, string Words, IReadOnlyList<NewFile> Files);

public sealed record ClaimClientMissing : Error
{
    public override string Field => nameof(ClaimForm.Client);
}

/// <summary>Neither an e-mail address nor a domain.</summary>
public sealed record ClaimClientWrong : Error
{
    public override string Field => nameof(ClaimForm.Client);
}

/// <summary>A domain of a mail provider, where anybody has an address.</summary>
public sealed record ClaimDomainOfEverybody : Error
{
    public override string Field => nameof(ClaimForm.Client);
}

/// <summary>The claimant itself has an open claim under the same name.</summary>
public sealed record ClaimOpenAlready(long ClaimId) : Error
{
    public override string Field => nameof(ClaimForm.Client);
}

public sealed record ClaimWordsMissing : Error
{
    public override string Field => nameof(ClaimForm.Words);
}

public sealed record ClaimWordsTooLong(int Limit) : Error
{
    public override string Field => nameof(ClaimForm.Words);
}

public sealed record ClaimFilesTooMany(int Limit) : Error
{
    public override string Field => nameof(ClaimForm.Files);
}

public sealed record ClaimFileWrong(string Name, EvidenceProblem Problem) : Error
{
    public override string Field => nameof(ClaimForm.Files);
}

/// <summary>Too many within a day.</summary>
public sealed record ClaimsTooMany(int Limit) : Error;

/// <summary>It was decided, withdrawn, answered or named meanwhile. Nothing was changed.</summary>
public sealed record ClaimOver : Error;

/// <param name="Until">UTC; the other side's time.</param>
public sealed record ClaimWaits(DateTime Until) : Error;

/// <summary>Nobody said yet which client is meant.</summary>
public sealed record ClaimNamesNobody : Error;

/// <summary>The client has another partner than the one that was asked, or the one it had is gone: its present partner must be heard.</summary>
public sealed record ClaimOtherChanged : Error;

/// <summary>No account has that number or address.</summary>
public sealed record ClaimClientUnknown : Error
{
    public override string Field => nameof(ClaimForm.Client);
}

/// <summary>The same claimant has another open claim for this client.</summary>
public sealed record ClaimTwin(long ClaimId) : Error
{
    public override string Field => nameof(ClaimForm.Client);
}
