namespace PartnerPortal.Features.Api;

/// <summary>How often a key may ask this process.</summary>
public sealed class ApiOptions
{
    public const string Section = "Api";

    /// <summary>Requests a minute of one partner's key.</summary>
    public int PartnerPerMinute { get; set; } = 600;

    /// <summary>Requests a minute of one key of the program. A batch is one.</summary>
    public int ProgramPerMinute { get; set; } = 600_000;

    public bool IsValid => PartnerPerMinute > 0 && ProgramPerMinute > 0;
}
