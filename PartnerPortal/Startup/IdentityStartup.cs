using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using PartnerPortal.Areas.Identity;
using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Startup;

internal static class IdentityStartup
{
    public static IServiceCollection AddPortalIdentity(this IServiceCollection services)
    {
        services.AddIdentity<PortalUser, PortalRole>(options =>
            {
                options.User.RequireUniqueEmail = true;
                options.SignIn.RequireConfirmedAccount = true;
                // Length beats composition rules: NIST SP 800-63B, section 5.1.1.2.
                options.Password.RequiredLength = 10;
                options.Password.RequireDigit = false;
                options.Password.RequireLowercase = false;
                options.Password.RequireUppercase = false;
                options.Password.RequireNonAlphanumeric = false;
                options.Password.RequiredUniqueChars = 4;
                options.Lockout.MaxFailedAccessAttempts = 5;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
            })
            .AddDefaultUI()
            .AddDefaultTokenProviders()
            .AddSignInManager<PortalSignIn>()
            .AddErrorDescriber<LocalizedIdentityErrors>()
            .AddClaimsPrincipalFactory<PortalClaims>()
            .AddEntityFrameworkStores<PortalDbContext>();
        services.ConfigureApplicationCookie(options =>
        {
            options.Cookie.Name = "portal.session";
            options.LoginPath = PortalUrls.SignIn;
            options.LogoutPath = PortalUrls.SignOut;
            options.AccessDeniedPath = PortalUrls.AccessDenied;
            options.ReturnUrlParameter = "returnUrl";
            options.ExpireTimeSpan = TimeSpan.FromDays(14);
            options.SlidingExpiration = true;
            SessionCookies.Add(options.Events);
        });
        services.Configure<SecurityStampValidatorOptions>(options =>
        {
            options.ValidationInterval = TimeSpan.FromMinutes(1);
            options.OnRefreshingPrincipal = SessionCookies.CarryOver;
        });
        services.AddAuthorization(Policies.Add);
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, PortalAuthenticationState>();
        services.AddScoped<AdmittedActor>();
        services.AddScoped<IAuthorizationHandler, ActorRequirementHandler>();
        services.AddSingleton<ActorSource>();
        services.AddSingleton<SessionCheck>();
        services.AddSingleton<ActingCookie>();
        services.AddSingleton<Microsoft.AspNetCore.Antiforgery.IAntiforgeryAdditionalDataProvider, ActingForms>();
        services.AddScoped<CurrentActor>();
        services.AddSingleton<SignInAgain>();
        services.AddScoped<FirstSignIn>();
        services.AddScoped<PasswordWords>();
        services.AddScoped<Arrival>();
        services.AddScoped<ExternalSignIns>();
        services.AddScoped<SignInTries>();
        services.AddSingleton<StartTickets>();
        return services;
    }
}
