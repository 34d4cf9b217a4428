using Microsoft.EntityFrameworkCore;

namespace PartnerPortal.Data;

/// <summary>Deletes many rows in parts, each a transaction of its own, between which others get to write.</summary>
internal static class ManyDeletes
{
    /// <param name="portal">Whose rows.</param>
    /// <param name="part">The next of them.</param>
    /// <param name="size">So many are a whole part; one with less is the last.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>How many were deleted.</returns>
    public static async Task<int> DeleteInPartsAsync<T>(this PortalDb portal, Func<PortalDbContext, IQueryable<T>> part, int size, CancellationToken ct)
    {
        var all = 0;
        while (true)
        {
            var gone = await portal.WriteAsync(db => part(db).ExecuteDeleteAsync(ct), ct);
            all += gone;
            if (gone < size)
            {
                return all;
            }
        }
    }
}
