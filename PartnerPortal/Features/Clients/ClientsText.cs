namespace PartnerPortal.Features.Clients;

/// <summary>Names the strings of My clients, its sheet and Create a client.</summary>
public sealed class ClientsText;
