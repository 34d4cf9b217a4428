using PartnerPortal.Features.Journeys;

namespace PartnerPortal.Startup;

internal static class EmailStartup
{
    public static IServiceCollection AddPortalEmail(this IServiceCollection services, bool runWorkers)
    {
        services.AddScoped<PartnerChange>();
        if (runWorkers)
        {
            services.AddHostedService<InvitationWorker>();
            services.AddHostedService<LapseWorker>();
        }

        return services;
    }
}
