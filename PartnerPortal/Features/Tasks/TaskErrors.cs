using PartnerPortal.Shared;

namespace PartnerPortal.Features.Tasks;

public sealed record TaskTitleMissing : Error
{
    public override string Field => nameof(TaskDraft.Title);
}

public sealed record TaskTitleTooLong(int Limit) : Error
{
    public override string Field => nameof(TaskDraft.Title);
}

/// <summary>It is not there, or is somebody else's to do.</summary>
public sealed record NoSuchTask : Error;

/// <summary>The account that it is for or about is not there or closed.</summary>
public sealed record NoSuchTaskAccount : Error;
