namespace PartnerPortal.Features.Api;

/// <summary>What the API answers where something went wrong here. What it was stands in the log.</summary>
internal static class ApiFaultEndpoint
{
    public static void Answer(IApplicationBuilder app) => app.Run(context => ApiEndpoint.Problem(ApiProblems.Internal).ExecuteAsync(context));
}
