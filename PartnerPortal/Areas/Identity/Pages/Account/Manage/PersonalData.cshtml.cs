using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Localization;
using PartnerPortal.Identity;

namespace PartnerPortal.Areas.Identity.Pages.Account.Manage;

/// <summary>Leads to the download and to the deletion of what is kept about a person.</summary>
[Authorize]
public sealed class PersonalDataModel(ActorSource actors, IStringLocalizer<IdentityText> text) : ManagePage(text, actors);
