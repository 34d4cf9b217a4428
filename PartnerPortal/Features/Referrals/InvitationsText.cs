namespace PartnerPortal.Features.Referrals;

/// <summary>Names the string resources of the invite dialog, the invitations and the QR code.</summary>
public sealed class InvitationsText;
