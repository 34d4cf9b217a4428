using PartnerPortal.Shared;

namespace PartnerPortal.Features.Webhooks;

/// <summary>What is wrong with the address of an endpoint.</summary>
public enum UrlProblem
{
    Missing,
    TooLong,

    /// <summary>No absolute address, or one with a name and password or a part after #.</summary>
    NotAnAddress,

    /// <summary>Only hosts that the owner allows are called without TLS.</summary>
    NotHttps,

    /// <summary>In a private network, and not allowed by the owner.</summary>
    Private,
}

public sealed record UrlRefused(UrlProblem Problem) : Error
{
    public override string Field => nameof(EndpointForm.Url);
}

public sealed record DescriptionTooLong(int Limit) : Error
{
    public override string Field => nameof(EndpointForm.Description);
}

/// <summary>Neither all kinds nor any was chosen.</summary>
public sealed record NoKinds : Error
{
    public override string Field => nameof(EndpointForm.Kinds);
}

/// <summary>The owner's endpoints hear of no such kind.</summary>
public sealed record EventUnknown(string Kind) : Error
{
    public override string Field => nameof(EndpointForm.Kinds);
}

/// <summary>It is not as the system has read it.</summary>
public sealed record EndpointChangedMeanwhile : Error;

/// <summary>It is paused or gone: what is sent again would lie there.</summary>
public sealed record EndpointNotCalled : Error;

public sealed record TooManyEndpoints(int Limit) : Error;

/// <summary>Not there (any more), or somebody else's.</summary>
public sealed record NoSuchEndpoint : Error;

/// <summary>Not there any more, or of another endpoint.</summary>
public sealed record NoSuchDelivery : Error;

/// <summary>It is in that state already.</summary>
public sealed record NothingToChange : Error;
