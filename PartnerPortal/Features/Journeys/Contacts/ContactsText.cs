namespace PartnerPortal.Features.Journeys.Contacts;

/// <summary>Names the strings of the page that brings contacts in by a file.</summary>
public sealed class ContactsText;
