using Microsoft.EntityFrameworkCore;

namespace PartnerPortal.Data.Sqlite;

public sealed class SqlitePortalDbContext(DbContextOptions<SqlitePortalDbContext> options) : PortalDbContext(options);
