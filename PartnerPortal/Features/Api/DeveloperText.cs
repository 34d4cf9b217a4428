namespace PartnerPortal.Features.Api;

/// <summary>Names the strings of the page of a partner's keys and of the frame of the API's reference.</summary>
public sealed class DeveloperText;
